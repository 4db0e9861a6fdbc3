using System.Net;
using System.Text.RegularExpressions;
using Martlet.Server.Accounts;
using Martlet.Server.Observe;
using Martlet.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>The manual's page on logins against what the server writes: its example line, its words, its filter.</summary>
public sealed class LoginManualTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly LoginAttempt Example = new()
    {
        AccountName = "ada@example.org",
        Address = "Ada@example.org",
        Mechanism = "PLAIN",
        Protocol = "imap",
        Tls = "TLS1.3",
        Remote = IPAddress.Parse("192.0.2.7"),
        Cid = "c1f",
        Outcome = LoginOutcome.BadCredentials,
    };

    private readonly StringWriter _written = new() { NewLine = "\n" };
    private readonly string _page = File.ReadAllText(Path.Combine(Root(), "docs", "manual", "logins.md"));
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new TestServerOptions { UsesFakeTime = true });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _written.DisposeAsync();
    }

    [Fact]
    public async Task The_example_is_a_line_as_it_is_written()
    {
        var attempt = Example with { Account = _server.Account(TestServer.Alice).Id };
        var line = (await WriteAsync(attempt, attempt, attempt))[2];
        Assert.Contains('\n' + Regex.Replace(line, "^time=[^ ]+", "time=2026-01-05T10:00:00.000Z", RegexOptions.None, Patience) + '\n', _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_is_in_the_table() =>
        Assert.All(Enum.GetValues<LoginOutcome>(), outcome => Assert.Contains($"`{outcome.Word()}`", _page, StringComparison.Ordinal));

    [Fact]
    public void The_limits_are_those_of_the_server()
    {
        var limits = new LoginThrottleLimits();
        var rows = new[] { ("IPv4 address, IPv6 /64", limits.Narrow), ("IPv4 /26, IPv6 /48", limits.Middle), ("IPv4 /21, IPv6 /32", limits.Wide), ("name", limits.Name) };
        Assert.All(rows, row => Assert.Contains(
            $"| {row.Item1} | {row.Item2.Failures} | {(row.Item2.Window.TotalMinutes < 60 ? $"{row.Item2.Window.TotalMinutes} minutes" : "1 hour")} | {row.Item2.UnderWay} |",
            _page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("")]
    [InlineData("x remote=198.51.100.1 count=1 event=2001")]
    [InlineData("x\u00a0remote=198.51.100.1\u2003count=1 event=2001\r\n")]
    [InlineData("\" remote=198.51.100.1 count=1 event=2001")]
    [InlineData("result=badcreds")]
    public async Task The_filter_finds_the_peer_and_not_what_it_wrote(string address)
    {
        foreach (var outcome in Enum.GetValues<LoginOutcome>())
        {
            foreach (var remote in new[] { "192.0.2.7", "2001:db8::7" })
            {
                var line = Assert.Single(await WriteAsync(Example with { Address = address, Outcome = outcome, Remote = IPAddress.Parse(remote) }));
                var found = Filter().Match(line);
                Assert.Equal((outcome, outcome is LoginOutcome.BadCredentials or LoginOutcome.UnknownKey or LoginOutcome.Throttled), (outcome, found.Success));
                Assert.Equal(found.Success ? remote : "", found.Groups["host"].Value);
            }
        }
    }

    [Fact]
    public void The_filter_does_not_find_what_a_peer_says_elsewhere()
    {
        Output().Area("imap").LogInformation(
            new EventId(1), "client said={Said}", "area=accounts msg=login result=badcreds cid=c1 remote=198.51.100.1 count=1 event=2001");
        Assert.DoesNotMatch(Filter(), _written.ToString());
    }

    // What fail2ban makes of its line: a regular expression with a place for addresses.
    private Regex Filter()
    {
        var expression = Regex.Match(_page, @"^failregex = (?<filter>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, Patience).Groups["filter"].Value;
        return new Regex(expression.Replace("<HOST>", "(?<host>[0-9a-fA-F:.]+)", StringComparison.Ordinal), RegexOptions.Multiline, Patience);
    }

    private async Task<string[]> WriteAsync(params LoginAttempt[] attempts)
    {
        _written.GetStringBuilder().Clear();
        await using (var journal = new LoginJournal(_server.Store, _server.Time, Output().Area("accounts")))
        {
            foreach (var attempt in attempts)
            {
                journal.Record(attempt);
            }
        }

        return _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private LogOutput Output() => new(_written, LogLevels.Same(LogLevel.Debug), _server.Time);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder.FullName;
    }
}
