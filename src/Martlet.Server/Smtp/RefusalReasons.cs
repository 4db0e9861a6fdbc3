using System.Collections.Frozen;
using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;

namespace Martlet.Server.Smtp;

/// <summary>Why something was refused, in one word of a closed set: for metrics.</summary>
internal static class RefusalReasons
{
    private const string Other = "other";

    // Replies that share their status with others and mean something of their own.
    private static readonly FrozenDictionary<SmtpReply, string> ByReply = new Dictionary<SmtpReply, string>(ReferenceEqualityComparer.Instance)
    {
        [DeliveryReplies.NoRelay] = "relay",
        [DeliveryReplies.NoRelayYet] = "relay",
        [Replies.NotYourAddress] = "sender-not-own",
        [Replies.BareLineBreak] = "bare-line-break",
        [Replies.TooManyErrors] = "too-many-errors",
        [Replies.TooManyCommands] = "too-many-commands",
        [Replies.TooManyLogins] = "too-many-logins",
        [Replies.TryLoginLater] = "login-throttled",
        [Replies.LoginFirst] = "login-first",
        [Replies.TlsFirst] = "tls-first",
        [Replies.NotSmtp] = "not-smtp",
        [Replies.TooManyMessages] = "too-many-messages",
    }.ToFrozenDictionary(ReferenceEqualityComparer.Instance as IEqualityComparer<SmtpReply>);

    private static readonly FrozenDictionary<EnhancedStatus, string> ByStatus = new Dictionary<EnhancedStatus, string>
    {
        [EnhancedStatus.NoSuchMailbox] = "no-such-mailbox",
        [EnhancedStatus.BadDestinationSyntax] = "address-syntax",
        [EnhancedStatus.BadSenderSyntax] = "address-syntax",
        [EnhancedStatus.MailboxFull] = "mailbox-full",
        [EnhancedStatus.MessageTooBig] = "too-big",
        [EnhancedStatus.NotAuthorized] = "not-authorized",
        [EnhancedStatus.TooManyRecipients] = "too-many-recipients",
        [EnhancedStatus.Loop] = "loop",
        [EnhancedStatus.BadCredentials] = "bad-credentials",
        [EnhancedStatus.AccountDisabled] = "account-disabled",
        [EnhancedStatus.EncryptionRequired] = "tls-first",
        [EnhancedStatus.InvalidCommand] = "command",
        [EnhancedStatus.InvalidArguments] = "syntax",
        [EnhancedStatus.Syntax] = "syntax",
        [EnhancedStatus.LineTooLong] = "syntax",
        [EnhancedStatus.OtherSystem] = "server-failure",
        [EnhancedStatus.SystemFull] = "disk-full",
        [EnhancedStatus.NotAccepting] = "stopping",
        [EnhancedStatus.BadConnection] = "too-slow",
    }.ToFrozenDictionary();

    /// <summary>All words.</summary>
    public static IEnumerable<string> All => ByReply.Values.Concat(ByStatus.Values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The word for a refusal.</summary>
    public static string Of(SmtpReply reply) =>
        ByReply.GetValueOrDefault(reply) ?? (reply.Status is { } status ? ByStatus.GetValueOrDefault(status, Other) : Other);
}
