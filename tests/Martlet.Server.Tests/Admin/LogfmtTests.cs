using Martlet.Server.Observe;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Admin;

public sealed class LogfmtTests : IDisposable
{
    private readonly StringWriter _written = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));

    public void Dispose() => _written.Dispose();

    [Fact]
    public void An_event_is_one_line_with_the_fields_of_its_template()
    {
        Area("network", "info").LogInformation(new EventId(1001), "connection opened cid={Cid} remote={RemoteAddress} tls={Tls}", "c1", "192.0.2.1:5", "TLS1.3 X");

        Assert.Equal(
            "time=2026-01-05T10:00:00.000Z level=info area=network msg=\"connection opened\" cid=c1 remote-address=192.0.2.1:5 tls=\"TLS1.3 X\" event=1001\n",
            _written.ToString());
    }

    [Theory]
    [InlineData("a\r\ntime=2026 level=error", "\"a\\r\\ntime=2026 level=error\"")]
    [InlineData("\" cid=c2", "\"\\\" cid=c2\"")]
    [InlineData("\\", "\"\\\\\"")]
    [InlineData("a\u202eb\u2028\u0085\u001b[2J", "\"a\\u202eb\\u2028\\u0085\\u001b[2J\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("", "\"\"")]
    [InlineData("plain@example.org", "plain@example.org")]
    public void A_peer_cannot_forge_a_line_or_a_field(string value, string written)
    {
        Area("smtp", "info").LogInformation("said value={Value}", value);

        Assert.EndsWith($" msg=said value={written}\n", _written.ToString(), StringComparison.Ordinal);
        Assert.Single(_written.ToString().Split('\n'), line => line.Length > 0);
    }

    [Fact]
    public void A_long_value_is_cut_off()
    {
        Area("smtp", "info").LogInformation("said value={Value}", new string('x', 100_000));

        Assert.InRange(_written.ToString().Length, 2000, 2200);
    }

    [Fact]
    public void Levels_hold_for_all_areas_or_for_one()
    {
        var output = new LogOutput(_written, LogLevels.Parse("warning,smtp=debug", LogLevel.Information, out _)!, _time);

        Assert.False(output.Area("imap").IsEnabled(LogLevel.Information));
        Assert.True(output.Area("imap").IsEnabled(LogLevel.Warning));
        Assert.True(output.Area("smtp").IsEnabled(LogLevel.Debug));
        Assert.Null(LogLevels.Parse("smtp=loud", LogLevel.Information, out var problem));
        Assert.StartsWith("'loud' is not a log level.", problem, StringComparison.Ordinal);
    }

    private ILogger Area(string name, string levels) => new LogOutput(_written, LogLevels.Parse(levels, LogLevel.None, out _)!, _time).Area(name);
}
