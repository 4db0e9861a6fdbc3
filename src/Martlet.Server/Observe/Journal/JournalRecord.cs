using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Martlet.Server.Observe.Journal;

/// <summary>One line of the journal. Which values are there depends on the kind; what is absent is null. Names in the file are short, for there are many lines.</summary>
public sealed record JournalRecord
{
    /// <summary>When, in milliseconds since 1970, UTC.</summary>
    [JsonPropertyName("t")]
    public long Time { get; init; }

    /// <summary>What, one of <see cref="JournalKinds"/>.</summary>
    [JsonPropertyName("k")]
    public string Kind { get; init; } = "";

    /// <summary>Who did it: smtp, submission, imap, import, admin.</summary>
    [JsonPropertyName("by")]
    public string? By { get; init; }

    /// <summary>Name of the transaction or connection, as in the log.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The peer's address.</summary>
    [JsonPropertyName("ip")]
    public string? Remote { get; init; }

    /// <summary>Its name for itself.</summary>
    [JsonPropertyName("helo")]
    public string? Hello { get; init; }

    /// <summary>TLS version and suite.</summary>
    [JsonPropertyName("tls")]
    public string? Tls { get; init; }

    /// <summary>Address that was logged in.</summary>
    [JsonPropertyName("login")]
    public string? Login { get; init; }

    /// <summary>Its account.</summary>
    [JsonPropertyName("la")]
    public int? LoginAccount { get; init; }

    /// <summary>Envelope-from, without brackets; empty for the null sender.</summary>
    [JsonPropertyName("from")]
    public string? From { get; init; }

    /// <summary>Message-ID without brackets.</summary>
    [JsonPropertyName("mid")]
    public string? MessageId { get; init; }

    /// <summary>Bytes of the message as it came.</summary>
    [JsonPropertyName("size")]
    public long? Size { get; init; }

    /// <summary>Envelope recipients: those taken, then those refused.</summary>
    [JsonPropertyName("to")]
    public IReadOnlyList<JournalRecipient>? Recipients { get; init; }

    /// <summary>Recipients that are not named, because there were too many.</summary>
    [JsonPropertyName("more")]
    public int? MoreRecipients { get; init; }

    /// <summary>The last reply to the peer; null when it had none.</summary>
    [JsonPropertyName("reply")]
    public string? Reply { get; init; }

    /// <summary>Where the message was put.</summary>
    [JsonPropertyName("at")]
    public IReadOnlyList<JournalPlace>? Places { get; init; }

    /// <summary>Account of a change.</summary>
    [JsonPropertyName("n")]
    public int? Account { get; init; }

    /// <summary>Number of the mailbox of a change.</summary>
    [JsonPropertyName("m")]
    public long? Mailbox { get; init; }

    /// <summary>Its name then.</summary>
    [JsonPropertyName("b")]
    public string? MailboxName { get; init; }

    /// <summary>Number of the mailbox to which messages were copied or moved.</summary>
    [JsonPropertyName("m2")]
    public long? ToMailbox { get; init; }

    /// <summary>Its name; or the new name of one that was renamed.</summary>
    [JsonPropertyName("b2")]
    public string? ToMailboxName { get; init; }

    /// <summary>UIDs, in the form of <see cref="UidRuns"/>.</summary>
    [JsonPropertyName("u")]
    public string? Uids { get; init; }

    /// <summary>Records that are missing here.</summary>
    [JsonPropertyName("c")]
    public long? Missing { get; init; }
}

/// <summary>A recipient of the envelope.</summary>
/// <param name="Address">As the peer wrote it.</param>
/// <param name="Accounts">Who gets it: one account, or the members of an alias; null when it is nobody's here.</param>
/// <param name="Reply">Why it was refused; null when it was taken.</param>
public sealed record JournalRecipient(
    [property: JsonPropertyName("a")] string Address, [property: JsonPropertyName("n")] IReadOnlyList<int>? Accounts = null, [property: JsonPropertyName("r")] string? Reply = null);

/// <summary>A place where a message is.</summary>
/// <param name="Account">Account.</param>
/// <param name="Mailbox">Number of the mailbox.</param>
/// <param name="Name">Its name then.</param>
/// <param name="Uid">UID there.</param>
public sealed record JournalPlace(
    [property: JsonPropertyName("n")] int Account, [property: JsonPropertyName("m")] long Mailbox, [property: JsonPropertyName("b")] string Name, [property: JsonPropertyName("u")] uint Uid);

/// <summary>What lines tell. The words are in files: they never change.</summary>
public static class JournalKinds
{
    /// <summary>A message came by SMTP and is in mailboxes.</summary>
    public const string Delivered = "delivered";

    /// <summary>A message, a recipient or a sender was refused; or the peer gave up.</summary>
    public const string Refused = "refused";

    /// <summary>A message was put into a mailbox by other ways.</summary>
    public const string Added = "added";

    /// <summary>Messages were copied.</summary>
    public const string Copied = "copied";

    /// <summary>Messages were moved.</summary>
    public const string Moved = "moved";

    /// <summary>Messages were removed for good.</summary>
    public const string Expunged = "expunged";

    /// <summary>A mailbox was deleted with its messages.</summary>
    public const string MailboxDeleted = "mailbox-deleted";

    /// <summary>A mailbox has another name.</summary>
    public const string MailboxRenamed = "mailbox-renamed";

    /// <summary>An account was removed with its mail.</summary>
    public const string AccountRemoved = "account-removed";

    /// <summary>Records are missing here.</summary>
    public const string Missing = "missing";
}

/// <summary>How lines are written and read.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>For files, not for web pages: what JSON need not escape stays readable. Line ends are always escaped.</summary>
    public static readonly JournalJson Line = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
