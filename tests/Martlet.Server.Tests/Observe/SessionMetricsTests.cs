using Martlet.Server.Observe.Metrics;
using Martlet.Server.Tests.Imap;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>What sessions, logins, deliveries and the store add to the metrics, over real connections.</summary>
public sealed class SessionMetricsTests
{
    [Fact]
    public async Task A_delivery_counts_with_its_commands_refusals_and_bytes()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { UsesFakeTime = true, Services = SmtpServices.All() });
        await Transcript.RunAsync(server, """
            S: 220 *
            C: EHLO client.example
            ...
            S: 250 LIMITS *
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<nobody@example.org>
            S: 550 5.1.1 *
            C: RCPT TO:<carol@elsewhere.example>
            S: 550 5.7.1 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            C: RCPT TO:<bob@example.org>
            S: 250 *
            C: DATA
            S: 354 *
            C: Subject: x
            C:
            C: .
            S: 250 *
            C: FROB
            S: 500 *
            C: QUIT
            S: 221 *
            S: <closed>
            """, "smtp");

        var page = await PageWithAsync(server, "martlet_connections_open{service=\"smtp\"} 0");
        Assert.Equal(1, Value(page, "martlet_deliveries_total{service=\"smtp\",result=\"delivered\"}"));
        Assert.Equal(2, Value(page, "martlet_delivery_recipients_total{service=\"smtp\"}"));
        Assert.Equal(14, Value(page, "martlet_delivery_size_bytes_total{service=\"smtp\"}"));
        Assert.Equal(1, Value(page, "martlet_delivery_duration_seconds_count{service=\"smtp\"}"));
        Assert.Equal(1, Value(page, "martlet_smtp_refusals_total{service=\"smtp\",reason=\"no-such-mailbox\"}"));
        Assert.Equal(1, Value(page, "martlet_smtp_refusals_total{service=\"smtp\",reason=\"relay\"}"));
        Assert.Equal(1, Value(page, "martlet_smtp_refusals_total{service=\"smtp\",reason=\"command\"}"));
        Assert.Equal(2, Value(page, "martlet_smtp_command_duration_seconds_count{service=\"smtp\",command=\"RCPT\",reply=\"5xx\"}"));
        Assert.Equal(2, Value(page, "martlet_smtp_command_duration_seconds_count{service=\"smtp\",command=\"RCPT\",reply=\"2xx\"}"));
        Assert.Equal(1, Value(page, "martlet_smtp_command_duration_seconds_count{service=\"smtp\",command=\"unknown\",reply=\"5xx\"}"));
        Assert.Equal(2, Value(page, "martlet_messages_arrived_total{by=\"smtp\"}"));
        Assert.Equal(2, Value(page, "martlet_store_messages_total{change=\"added\"}"));
        Assert.Equal(1, Value(page, "martlet_connections_opened_total{service=\"smtp\"}"));
        Assert.Equal(1, Value(page, "martlet_connections_closed_total{service=\"smtp\",reason=\"logout\"}"));
        Assert.True(Value(page, "martlet_network_io_bytes_total{service=\"smtp\",direction=\"received\"}") > 150);
        Assert.True(Value(page, "martlet_network_io_bytes_total{service=\"smtp\",direction=\"sent\"}") > 150);
        Assert.True(Value(page, "martlet_store_commit_duration_seconds_count") >= 1);
        Assert.DoesNotContain("example", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logins_count_by_how_they_ended_and_sessions_go_up_and_down()
    {
        await using var server = await ImapServer.StartAsync();
        await Transcript.RunAsync(server, """
            C -> bare
            S: * OK *
            C: a1 LOGIN alice@example.org wrong
            S: a1 NO *
            C: a2 LOGIN alice@example.org "correct horse"
            S: a2 OK *
            C: a3 SELECT nosuch
            S: a3 NO [NONEXISTENT] *
            C: a4 FROB
            S: a4 BAD *
            """);

        var page = await PageWithAsync(server, "martlet_imap_sessions 0");
        Assert.Equal(1, Value(page, "martlet_logins_total{protocol=\"imap\",result=\"badcreds\",mechanism=\"LOGIN\"}"));
        Assert.Equal(1, Value(page, "martlet_logins_total{protocol=\"imap\",result=\"ok\",mechanism=\"LOGIN\"}"));
        Assert.Equal(1, Value(page, "martlet_imap_refusals_total{code=\"AUTHENTICATIONFAILED\"}"));
        Assert.Equal(1, Value(page, "martlet_imap_refusals_total{code=\"NONEXISTENT\"}"));
        Assert.Equal(1, Value(page, "martlet_imap_command_duration_seconds_count{command=\"SELECT\",result=\"no\"}"));
        Assert.Equal(1, Value(page, "martlet_imap_command_duration_seconds_count{command=\"unknown\",result=\"bad\"}"));
    }

    [Fact]
    public async Task A_handshake_counts_by_its_version()
    {
        await using var server = await ImapServer.StartAsync();
        await Transcript.RunAsync(server, """
            C -> imaps
            S: * OK *
            C: a1 LOGOUT
            S: * BYE *
            S: a1 OK *
            S: <closed>
            """);

        Assert.Equal(1, Value(server.Metrics.Page(MetricsFormat.Text), "martlet_tls_handshakes_total{service=\"imap\",result=\"tls1.3\"}"));
    }

    // What happens when a connection ends happens a moment after the peer has seen the end.
    private static async Task<string> PageWithAsync(TestServer server, string line)
    {
        string page;
        var until = TimeProvider.System.GetTimestamp();
        do
        {
            page = server.Metrics.Page(MetricsFormat.Text);
            await Task.Yield();
        }
        while (!page.Contains(line + "\n", StringComparison.Ordinal) && TimeProvider.System.GetElapsedTime(until) < TimeSpan.FromSeconds(10));

        Assert.Contains(line + "\n", page, StringComparison.Ordinal);
        return page;
    }

    private static double Value(string page, string series) =>
        double.Parse(Assert.Single(page.Split('\n'), line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
