using System.Diagnostics.Metrics;
using Martlet.Protocols.Smtp;
using Martlet.Server.Observe.Metrics;

namespace Martlet.Server.Smtp;

/// <summary>Metrics of SMTP sessions and deliveries.</summary>
internal sealed class SmtpMetrics(MetricSet set)
{
    /// <summary>In the place of the verb of a line that is no command.</summary>
    public const string UnknownCommand = "unknown";

    private static readonly MetricLabel Service = new("service", ["smtp", "submission"]);

    private static readonly MetricInfo Commands = new(
        "martlet.smtp.command.duration", MetricKind.Histogram, "s", "Time from a command to its reply; of DATA with the message and its delivery.", Service,
        new MetricLabel("command", [.. CommandTable.All.Select(command => command.Verb), UnknownCommand]), new MetricLabel("reply", ["2xx", "3xx", "4xx", "5xx", "none"]));

    private static readonly MetricInfo Refusals = new(
        "martlet.smtp.refusals", MetricKind.Counter, "{reply}", "Replies that refuse something, by why.", Service, new MetricLabel("reason", RefusalReasons.All));

    private static readonly MetricInfo Deliveries = new(
        "martlet.deliveries", MetricKind.Counter, "{message}", "Messages received whole, by what became of them.", Service,
        new MetricLabel("result", ["delivered", "refused", "failed"]));

    private static readonly MetricInfo Recipients = new("martlet.delivery.recipients", MetricKind.Counter, "{recipient}", "Recipients of delivered messages.", Service);

    private static readonly MetricInfo Bytes = new("martlet.delivery.size", MetricKind.Counter, "By", "Bytes of delivered messages, each once.", Service);

    private static readonly MetricInfo Duration = new(
        "martlet.delivery.duration", MetricKind.Histogram, "s", "Time from the last byte of a message until the disk has it everywhere.", Service);

    private static readonly MetricInfo Sessions = new("martlet.submission.sessions", MetricKind.Gauge, "{session}", "Submission sessions that are logged in.");

    private readonly Histogram<double> _commands = set.Histogram(Commands);
    private readonly Counter<long> _refusals = set.Counter(Refusals);
    private readonly Counter<long> _deliveries = set.Counter(Deliveries);
    private readonly Counter<long> _recipients = set.Counter(Recipients);
    private readonly Counter<long> _bytes = set.Counter(Bytes);
    private readonly Histogram<double> _duration = set.Histogram(Duration);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Commands, Refusals, Deliveries, Recipients, Bytes, Duration, Sessions];

    /// <summary>Sessions that are logged in go up and down.</summary>
    public UpDownCounter<long> LoggedIn { get; } = set.UpDown(Sessions);

    /// <summary>A command has its reply.</summary>
    public void Command(string service, string command, SmtpReply? reply, TimeSpan elapsed)
    {
        _commands.Record(elapsed.TotalSeconds, Tag("service", service), Tag("command", command), Tag("reply", ClassOf(reply)));
        if (reply is { IsPositive: false })
        {
            _refusals.Add(1, Tag("service", service), Tag("reason", RefusalReasons.Of(reply)));
        }
    }

    /// <summary>A message was delivered.</summary>
    public void Delivered(string service, int recipients, long bytes, TimeSpan elapsed)
    {
        _deliveries.Add(1, Tag("service", service), Tag("result", "delivered"));
        _recipients.Add(recipients, Tag("service", service));
        _bytes.Add(bytes, Tag("service", service));
        _duration.Record(elapsed.TotalSeconds, Tag("service", service));
    }

    /// <summary>A message was received whole and refused.</summary>
    public void Refused(string service, SmtpReply? reply) =>
        _deliveries.Add(1, Tag("service", service), Tag("result", reply is { Code: < 500 } ? "failed" : "refused"));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string ClassOf(SmtpReply? reply) => (reply?.Code / 100) switch
    {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "none",
    };
}
