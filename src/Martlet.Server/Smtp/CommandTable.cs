using System.Collections.Frozen;
using Martlet.Protocols.Smtp;
using Martlet.Server.Smtp.Commands;

namespace Martlet.Server.Smtp;

/// <summary>Does a command.</summary>
/// <param name="session">Session.</param>
/// <param name="argument">What followed the verb; valid until the handler first reads from the connection.</param>
/// <returns>The reply; null when the handler has sent what there was to send.</returns>
internal delegate ValueTask<SmtpReply?> SmtpHandler(SmtpSession session, ReadOnlyMemory<byte> argument);

/// <summary>A command: its verb, when it may come, and what does it.</summary>
/// <param name="Verb">Upper case.</param>
/// <param name="States">Where it is allowed; elsewhere the table answers.</param>
/// <param name="Run">Handler.</param>
/// <param name="EndsSession">Whether a refusal ends the connection: what follows cannot be told apart from commands.</param>
internal sealed record SmtpCommand(string Verb, SmtpState States, SmtpHandler Run, bool EndsSession = false);

/// <summary>All commands.</summary>
internal static class CommandTable
{
    private const SmtpState NotInTransaction = SmtpState.Connected | SmtpState.Ready;

    /// <summary>In the order of HELP.</summary>
    public static IReadOnlyList<SmtpCommand> All { get; } =
    [
        new("HELO", SmtpState.Any, Hello.HeloAsync),
        new("EHLO", SmtpState.Any, Hello.EhloAsync),
        new("STARTTLS", NotInTransaction, StartTls.RunAsync),
        new("AUTH", SmtpState.Ready, Auth.RunAsync),
        new("MAIL", SmtpState.Ready, Mail.RunAsync),
        new("RCPT", SmtpState.Mail | SmtpState.Recipients, Rcpt.RunAsync),
        new("DATA", SmtpState.Recipients, Data.RunAsync),
        new("RSET", SmtpState.Any, Rset.RunAsync),
        new("NOOP", SmtpState.Any, Noop.RunAsync),
        new("VRFY", SmtpState.Any, Vrfy.RunAsync),
        new("HELP", SmtpState.Any, Help.RunAsync),
        new("QUIT", SmtpState.Any, Quit.RunAsync),
        new("EXPN", SmtpState.Any, NotOffered.RunAsync),
        new("ETRN", SmtpState.Any, NotOffered.RunAsync),
        new("TURN", SmtpState.Any, NotOffered.RunAsync),
        new("SEND", SmtpState.Any, NotOffered.RunAsync),
        new("SOML", SmtpState.Any, NotOffered.RunAsync),
        new("SAML", SmtpState.Any, NotOffered.RunAsync),
        // After BDAT comes a message, with no way to tell its lines from commands.
        new("BDAT", SmtpState.Any, NotOffered.RunAsync, EndsSession: true),
        new("BURL", SmtpState.Any, NotOffered.RunAsync),
    ];

    private static readonly FrozenDictionary<string, SmtpCommand>.AlternateLookup<ReadOnlySpan<char>> ByVerb =
        All.ToFrozenDictionary(command => command.Verb, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // Browsers and scripts that were sent here to make us a tool against others; whatever follows is not for us.
    private static readonly FrozenSet<string> HttpVerbs = FrozenSet.ToFrozenSet(["GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "DELETE", "PATCH", "TRACE"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The command of that verb, in any case.</summary>
    public static SmtpCommand? Find(ReadOnlySpan<byte> verb)
    {
        Span<char> name = stackalloc char[16];
        return verb.Length <= name.Length && ByVerb.TryGetValue(Widen(verb, name), out var command) ? command : null;
    }

    /// <summary>Whether the verb is one of HTTP.</summary>
    public static bool IsHttp(ReadOnlySpan<byte> verb)
    {
        Span<char> name = stackalloc char[16];
        return verb.Length <= name.Length && HttpVerbs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Widen(verb, name));
    }

    /// <summary>What to answer when the command does not fit the state.</summary>
    public static SmtpReply WrongState(SmtpCommand command, SmtpState state) => state switch
    {
        SmtpState.Connected => Replies.HelloFirst,
        SmtpState.Ready => Replies.MailFirst,
        // RFC 5321 §3.3: DATA after only refused recipients.
        SmtpState.Mail when command.Verb == "DATA" => Replies.NoRecipients,
        _ => Replies.InTransaction,
    };

    private static ReadOnlySpan<char> Widen(ReadOnlySpan<byte> verb, Span<char> name)
    {
        for (var i = 0; i < verb.Length; i++)
        {
            name[i] = (char)verb[i];
        }

        return name[..verb.Length];
    }
}
