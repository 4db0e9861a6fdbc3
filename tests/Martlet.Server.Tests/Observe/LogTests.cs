using System.Text.Json;
using Martlet.Server.Observe;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>The log's formats and levels; <see cref="Admin.LogfmtTests"/> has the details of logfmt.</summary>
public sealed class LogTests : IDisposable
{
    private readonly StringWriter _written = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));

    public void Dispose() => _written.Dispose();

    [Fact]
    public void A_JSON_line_has_the_same_fields_with_numbers_as_numbers()
    {
        var log = Output("info", LogFormat.Json);
        log.Area("network").LogInformation(new EventId(1001), "connection opened cid={Cid} remote={RemoteAddress} bytes={Bytes} isNew={IsNew}", "c1", "192.0.2.1:5", 17L, true);

        Assert.Equal(
            """{"time":"2026-01-05T10:00:00.000Z","level":"info","area":"network","msg":"connection opened","cid":"c1","remote-address":"192.0.2.1:5","bytes":17,"is-new":true,"event":1001}""" + "\n",
            _written.ToString());
    }

    [Fact]
    public void A_fault_has_its_cause_and_an_error_its_place()
    {
        var log = Output("info", LogFormat.Json);
        log.Area("store").LogWarning(new InvalidOperationException("a \"reason\""), "put off");
        log.Area("store").LogError(new InvalidOperationException("another"), "failed");

        var lines = Lines();
        Assert.Equal("InvalidOperationException: a \"reason\"", lines[0].RootElement.GetProperty("error").GetString());
        Assert.False(lines[0].RootElement.TryGetProperty("stack", out _));
        Assert.True(lines[1].RootElement.TryGetProperty("stack", out _));
    }

    [Theory]
    [InlineData("a\r\n{\"level\":\"error\"}")]
    [InlineData("\",\"cid\":\"c2")]
    [InlineData("\\")]
    [InlineData("a\u202eb\u2028\u2029\u0085\u001b[2J\0")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\ud83d")]
    [InlineData("")]
    public void A_peer_cannot_forge_a_JSON_line_or_a_field(string value)
    {
        Output("info", LogFormat.Json).Area("smtp").LogInformation("said value={Value}", value);

        var line = Assert.Single(Lines()).RootElement;
        Assert.Equal(["time", "level", "area", "msg", "value"], line.EnumerateObject().Select(property => property.Name));
        Assert.DoesNotContain(_written.ToString().TrimEnd('\n'), character => char.IsControl(character) || character is '\u202e' or '\u2028' or '\u2029');
        if (value != "\ud83d")
        {
            // Half a character is no text that a parser could give back.
            Assert.Equal(value, line.GetProperty("value").GetString());
        }
    }

    [Fact]
    public void Levels_change_while_a_logger_is_used()
    {
        var log = Output("warning", LogFormat.Logfmt);
        var smtp = log.Area("smtp");
        smtp.LogDebug("one");
        log.Levels = log.Levels.With(["smtp=debug"], out _)!;
        smtp.LogDebug("two");
        log.Area("imap").LogDebug("three");
        log.Levels = log.Levels.With(["smtp=default"], out _)!;
        smtp.LogDebug("four");

        Assert.Equal("time=2026-01-05T10:00:00.000Z level=debug area=smtp msg=two\n", _written.ToString());
        Assert.Equal("warning", log.Levels.ToString());
        Assert.Equal(1, log.Counts.Single(count => count is { Area: "smtp", Level: LogLevel.Debug }).Lines);
    }

    [Theory]
    [InlineData("snmp=debug", "'snmp' is not an area of the log. Areas are host, network, accounts, smtp, delivery, imap, store, control, observe, web.")]
    [InlineData("smtp=loud", "'loud' is not a log level. Levels are debug, info, warning, error and none; one area: smtp=debug.")]
    [InlineData("=debug", "'' is not an area of the log. Areas are host, network, accounts, smtp, delivery, imap, store, control, observe, web.")]
    [InlineData("", "'' is not a log level. Levels are debug, info, warning, error and none; one area: smtp=debug.")]
    public void What_is_no_level_is_told(string text, string expected)
    {
        Assert.Null(LogLevels.Parse(text, LogLevel.Information, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Levels_are_read_as_they_are_written()
    {
        var levels = LogLevels.Parse("SMTP=debug, warning,imap=none", LogLevel.Information, out _)!;
        Assert.Equal("warning,imap=none,smtp=debug", levels.ToString());
        Assert.Equal(levels.ToString(), LogLevels.Parse(levels.ToString(), LogLevel.Information, out _)!.ToString());
    }

    private LogOutput Output(string levels, LogFormat format) => new(_written, LogLevels.Parse(levels, LogLevel.None, out _)!, _time, format);

    private JsonDocument[] Lines() => [.. _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line))];
}
