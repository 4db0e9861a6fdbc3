using System.Text.Json.Serialization;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Setup;
using Martlet.Server.Transfer;

namespace Martlet.Server.Admin;

/// <summary>How a request ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdminStatus>))]
public enum AdminStatus
{
    /// <summary>Done, all of it.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>Not done, or not all of it: what was asked cannot be.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Disk, database or connection failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The answer to a request.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Text">A sentence for the administrator: what was done, or why not and what to do.</param>
public sealed record AdminReply(AdminStatus Status, string Text)
{
    /// <summary>Domains, where they were asked for.</summary>
    public IReadOnlyList<DomainSummary>? Domains { get; init; }

    /// <summary>Aliases, where they were asked for.</summary>
    public IReadOnlyList<AliasSummary>? Aliases { get; init; }

    /// <summary>What holds for the whole server, where it was asked for.</summary>
    public SettingsSummary? Settings { get; init; }

    /// <summary>Where mail would go, where it was asked for.</summary>
    public LookupResult? Lookup { get; init; }

    /// <summary>Administrators, where they were asked for.</summary>
    public IReadOnlyList<AdministratorSummary>? Administrators { get; init; }

    /// <summary>Tokens of administrators, where they were asked for.</summary>
    public IReadOnlyList<TokenSummary>? Tokens { get; init; }

    /// <summary>The token that was made; shown this once.</summary>
    public string? Token { get; init; }

    /// <summary>What is wrong with a text that was given, by line.</summary>
    public IReadOnlyList<Config.ConfigProblem>? Problems { get; init; }

    /// <summary>The configuration as text, where it was asked for.</summary>
    public string? ConfigText { get; init; }

    /// <summary>What applying a configuration changes, or would, in sentences.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>Accounts, where they were asked for.</summary>
    public IReadOnlyList<AccountSummary>? Accounts { get; init; }

    /// <summary>The last row of a part of a list that goes on: give it as "after" for the next part. Null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>One account, where it was asked for.</summary>
    public AccountDetails? Account { get; init; }

    /// <summary>Addresses, where they were asked for.</summary>
    public IReadOnlyList<AddressSummary>? Addresses { get; init; }

    /// <summary>Keys that log in, where they were asked for, and the one that was added.</summary>
    public IReadOnlyList<KeySummary>? Keys { get; init; }

    /// <summary>History of logins, where it was asked for.</summary>
    public IReadOnlyList<LoginSummary>? Logins { get; init; }

    /// <summary>Browsers that are signed in, where they were asked for.</summary>
    public IReadOnlyList<WebSessionSummary>? WebSessions { get; init; }

    /// <summary>Connections of mail programs, where they were asked for.</summary>
    public IReadOnlyList<ConnectionSummary>? Connections { get; init; }

    /// <summary>DNS records to add, where they were asked for.</summary>
    public IReadOnlyList<DnsRecord>? DnsRecords { get; init; }

    /// <summary>Figures of an import.</summary>
    public ImportReport? Import { get; init; }

    /// <summary>Levels of the log, where they were asked for or changed.</summary>
    public IReadOnlyList<LogLevelSummary>? LogLevels { get; init; }

    /// <summary>Health, where it was asked for.</summary>
    public HealthReport? Health { get; init; }

    /// <summary>Journeys of messages, where they were asked for.</summary>
    public TraceResult? Trace { get; init; }

    /// <summary>Figures of an export.</summary>
    public ExportReport? Export { get; init; }

    /// <summary>It was done.</summary>
    public static AdminReply Done(string text) => new(AdminStatus.Done, text);

    /// <summary>It was refused.</summary>
    public static AdminReply Refused(string text) => new(AdminStatus.Refused, text);

    /// <summary>The world failed.</summary>
    public static AdminReply Failed(string text) => new(AdminStatus.Failed, text);
}

/// <summary>One account with its settings.</summary>
/// <param name="Address">Its name: the address it was made with.</param>
/// <param name="Messages">Messages in all mailboxes.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="HasPassword">Whether a password logs in.</param>
/// <param name="HiddenCapabilities">IMAP capabilities that its clients are not told of.</param>
/// <param name="MessagesMax">Limit for messages that is in force; null is none.</param>
/// <param name="BytesMax">Limit for bytes that is in force; null is none.</param>
public sealed record AccountDetails(
    string Address, long Messages, long Bytes, bool HasPassword, IReadOnlyList<string> HiddenCapabilities, long? MessagesMax = null, long? BytesMax = null)
{
    /// <summary>Name of the person; may be empty.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Whether the limit for messages is the server's default.</summary>
    public bool IsDefaultMessagesMax { get; init; }

    /// <summary>Whether the limit for bytes is the server's default.</summary>
    public bool IsDefaultBytesMax { get; init; }

    /// <summary>Aliases that it is a member of, sorted.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>All its addresses, sorted.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Number of keys that log in to it.</summary>
    public int Keys { get; init; }

    /// <summary>What whoever logs in is told instead of being let in; null when the account is not disabled.</summary>
    public string? DisabledText { get; init; }
}

/// <summary>An address in a list.</summary>
/// <param name="Address">The address.</param>
/// <param name="Account">Name of the account whose it is.</param>
public sealed record AddressSummary(string Address, string Account);
