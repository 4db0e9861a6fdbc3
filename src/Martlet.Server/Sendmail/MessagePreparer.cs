using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Sendmail;

/// <summary>A message that can be sent, or why not.</summary>
/// <param name="Mail">Null when it cannot.</param>
/// <param name="ExitCode">One of <see cref="SendmailExit"/>.</param>
/// <param name="Problem">In words; recipients that were left out are told here too.</param>
internal sealed record Prepared(UnsentMail? Mail, int ExitCode, string? Problem);

/// <summary>Makes mail of what a local program has handed in: envelope from arguments and header, Bcc away, missing fields added.</summary>
internal sealed class MessagePreparer(SendmailConfig config, SendmailContext context)
{
    private static readonly string[] RecipientFields = ["To", "Cc", "Bcc"];
    private static readonly string[] ResentFields = ["Resent-To", "Resent-Cc", "Resent-Bcc"];

    private readonly AddressNames _names = new(config, context.UserName);

    /// <summary>Prepares a message.</summary>
    public Prepared Prepare(SendmailArguments arguments, LocalMessage message)
    {
        var written = arguments.Recipients.SelectMany(static text => WrittenAddress.ReadAll(Encoding.UTF8.GetBytes(text)));
        if (arguments.ReadsRecipients)
        {
            // RFC 5322 §3.6.6: a message that is sent again goes to the Resent fields only.
            written = written.Concat((ResentFields.Any(message.Has) ? ResentFields : RecipientFields).SelectMany(message.Addresses));
        }

        var all = written.Take(SendmailLimits.RecipientsMax + 1).ToList();
        if (all.Count is 0 or > SendmailLimits.RecipientsMax)
        {
            return new Prepared(null, all.Count == 0 ? SendmailExit.Usage : SendmailExit.DataError, all.Count == 0 ? "There is no recipient." : "There are too many recipients.");
        }

        List<string> problems = [];
        var recipients = Recipients(all, problems);
        if (!TrySender(arguments.From, message, out var from) || recipients.Count == 0)
        {
            return recipients.Count == 0
                ? new Prepared(null, SendmailExit.NoUser, string.Join('\n', problems))
                : new Prepared(null, SendmailExit.Configuration, "There is no sender: give -f ADDRESS, or set address or default-domain in the configuration.");
        }

        var mail = Finish(message, from, recipients, arguments.FullName);
        return new Prepared(mail, problems.Count == 0 ? SendmailExit.Ok : SendmailExit.NoUser, problems.Count == 0 ? null : string.Join('\n', problems));
    }

    /// <summary>The same where the envelope is known already.</summary>
    public UnsentMail Finish(LocalMessage message, ReversePath from, IReadOnlyList<EmailAddress> recipients, string? fullName)
    {
        Complete(message, from, fullName);
        return new UnsentMail(from, recipients, message.ToArray()) { Time = context.Time.GetUtcNow() };
    }

    /// <summary>A recipient's address; null with the problem when it is none.</summary>
    public EmailAddress? Recipient(WrittenAddress written, out string? problem) => _names.Recipient(written, out problem);

    private List<EmailAddress> Recipients(List<WrittenAddress> written, List<string> problems)
    {
        List<EmailAddress> recipients = [];
        var seen = new HashSet<EmailAddress>();
        foreach (var one in written)
        {
            if (_names.Recipient(one, out var problem) is not { } address)
            {
                problems.Add(problem!);
            }
            else if (seen.Add(address))
            {
                recipients.Add(address);
            }
        }

        return recipients;
    }

    private bool TrySender(string? given, LocalMessage message, out ReversePath from)
    {
        from = default;
        if (given is "" or "<>")
        {
            return _names.DefaultSender is not null || message.Has("From");
        }

        var address = given is null ? _names.DefaultSender : WrittenAddress.ReadAll(Encoding.UTF8.GetBytes(given)) is [var written] ? _names.Sender(written) : null;
        from = new ReversePath(address);
        return address is not null;
    }

    private void Complete(LocalMessage message, ReversePath from, string? fullName)
    {
        message.Remove("Bcc");
        message.Remove("Resent-Bcc");
        var author = from.Address ?? _names.DefaultSender;
        if (!message.Has("From"))
        {
            message.Add("From", Author(fullName, author));
        }
        else if (message.Addresses("From").ToList() is [{ Domain: "" } local])
        {
            // Cron writes "root (Cron Daemon)", which no server would know whom to ask about.
            message.Replace("From", Author(Encoding.UTF8.GetString(local.Name), _names.Sender(local) ?? author));
        }

        var now = context.Time.GetLocalNow();
        if (!message.Has("Date"))
        {
            message.Add("Date", now.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + now.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        }

        if (!message.Has("Message-ID"))
        {
            var domain = author?.Domain.Text ?? config.DefaultDomain ?? "localhost";
            message.Add("Message-ID", string.Create(CultureInfo.InvariantCulture, $"<{now.ToUnixTimeMilliseconds()}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}@{domain}>"));
        }
    }

    private static string Author(string? name, EmailAddress? address) => string.IsNullOrWhiteSpace(name) ? $"{address}" : $"{LocalMessage.Phrase(name)} <{address}>";
}
