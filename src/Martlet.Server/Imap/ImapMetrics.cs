using System.Diagnostics.Metrics;
using Martlet.Protocols.Imap;
using Martlet.Server.Observe.Metrics;

namespace Martlet.Server.Imap;

/// <summary>Metrics of IMAP sessions.</summary>
internal sealed class ImapMetrics(MetricSet set)
{
    /// <summary>In the place of the name of what is no command.</summary>
    public const string UnknownCommand = "unknown";

    private const string NoCode = "none";

    private static readonly string[] Results = ["ok", "no", "bad", "silent"];

    private static readonly MetricInfo Commands = new(
        "martlet.imap.command.duration", MetricKind.Histogram, "s", "Time from a command to its reply, with what was sent to the client on the way; of IDLE as long as it lasts.",
        new MetricLabel("command", [.. CommandTable.Names, UnknownCommand]), new MetricLabel("result", Results));

    private static readonly MetricInfo Refusals = new(
        "martlet.imap.refusals", MetricKind.Counter, "{reply}", "Replies NO and BAD, by their response code.",
        new MetricLabel("code",
        [
            NoCode, ResponseCode.AlreadyExists, ResponseCode.AuthenticationFailed, ResponseCode.AuthorizationFailed, ResponseCode.BadCharset, ResponseCode.BadEvent, ResponseCode.Cannot,
            ResponseCode.ClientBug, ResponseCode.CompressionActive, ResponseCode.Corruption, ResponseCode.Expired, ResponseCode.ExpungeIssued, ResponseCode.HasChildren,
            ResponseCode.Limit, ResponseCode.Metadata, ResponseCode.Modified, ResponseCode.NonExistent, ResponseCode.NoPerm, ResponseCode.OverQuota,
            ResponseCode.PrivacyRequired, ResponseCode.ServerBug, ResponseCode.TooBig, ResponseCode.TryCreate, ResponseCode.UidRequired, ResponseCode.Unavailable, ResponseCode.UnknownCte,
            ResponseCode.UseAttr,
        ]));

    private static readonly MetricInfo Sessions = new("martlet.imap.sessions", MetricKind.Gauge, "{session}", "IMAP sessions that are logged in.");

    private readonly Histogram<double> _commands = set.Histogram(Commands);
    private readonly Counter<long> _refusals = set.Counter(Refusals);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Commands, Refusals, Sessions];

    /// <summary>Sessions that are logged in go up and down.</summary>
    public UpDownCounter<long> LoggedIn { get; } = set.UpDown(Sessions);

    /// <summary>The word for how a command ended.</summary>
    public static string WordOf(ImapStatus status) => Results[(int)status];

    /// <summary>A command has its reply.</summary>
    public void Command(string command, ImapResult result, TimeSpan elapsed)
    {
        _commands.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("command", command), new KeyValuePair<string, object?>("result", WordOf(result.Status)));
        if (result.Status is ImapStatus.No or ImapStatus.Bad)
        {
            _refusals.Add(1, new KeyValuePair<string, object?>("code", CodeOf(result.Code)));
        }
    }

    private static string CodeOf(string? code) => code is null ? NoCode : code.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? code[..space] : code;
}
