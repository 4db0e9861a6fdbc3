using System.Text;
using Martlet.Server.Smtp;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>DATA: what arrives, what ends a message, and what it costs to send too much.</summary>
public sealed class DataTests : SmtpTest
{
    private const string Envelope = "C: <<MAIL FROM:<carol@example.net>\\r\\nRCPT TO:<alice@example.org>\\r\\nDATA\\r\\n>>\nS: 250 2.1.0 *\nS: 250 2.1.5 *\nS: 354 *\n";

    protected override SmtpOptions Configure(SmtpOptions options) => options with { SkippedDataBytesMax = 100_000, ReceivedFieldsMax = 100 };

    protected override StoreLimits Limits => new() { MessageBytesMax = 200_000, SegmentMessageBytesMax = 64_000 };

    [Theory]
    [InlineData("")]
    [InlineData("Subject: x\r\n\r\n")]
    [InlineData(".\r\n..\r\n...\r\n.x\r\n")]
    [InlineData("Subject: x\r\n\r\nzero\0byte\r\n\0.\r\n")]
    [InlineData("Subject: x\r\n\r\nümläut \u2028 \U0001F600\r\n")]
    [InlineData("no header at all\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    public async Task Content_arrives_as_it_was_sent(string content)
    {
        await AfterHelloAsync(Envelope + $"C: {Raw(Stuff(content) + ".\r\n")}\nS: 250 2.6.0 Delivered as *\nC: QUIT\nS: 221 *");
        var message = Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.EndsWith("+0000\r\n" + content, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63_000)]
    [InlineData(150_000)]
    public async Task Long_lines_and_long_messages_arrive(int length)
    {
        var content = "Subject: x\r\n\r\n" + new string('a', length) + "\r\n" + string.Concat(Enumerable.Repeat(".\r\n", 500));
        await AfterHelloAsync(Envelope + $"C: {Raw(Stuff(content) + ".\r\n")}\nS: 250 2.6.0 *");
        Assert.EndsWith("+0000\r\n" + content, Assert.Single(await InboxAsync(TestServer.Alice)), StringComparison.Ordinal);
    }

    // After each, the smuggled transaction must be text of the first message, never commands (CVE-2023-51764 and its kin).
    [Theory]
    [InlineData("\\n.\\n")]
    [InlineData("\\n.\\r\\n")]
    [InlineData("\\r.\\r")]
    [InlineData("\\r.\\r\\n")]
    [InlineData("\\r\\n.\\n")]
    [InlineData("\\r\\n.\\r")]
    [InlineData("\\r\\r\\n.\\r\\r\\n")]
    [InlineData("\\r\\n.\\r\\r\\n")]
    [InlineData("\\n\\n.\\r\\n")]
    [InlineData("\\n")]
    [InlineData("\\r")]
    public async Task A_bare_CR_or_LF_ends_nothing_and_the_message_is_refused(string trick)
    {
        await AfterHelloAsync(Envelope + $$"""
            C: <<Subject: x\r\n\r\nhello{{trick}}MAIL FROM:<evil@example.net>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nsmuggled\r\n.\r\nNOOP\r\n>>
            S: 550 5.6.0 The message has a CR or LF that is not part of CRLF; send lines ended by CRLF. *
            S: 250 2.0.0 Done.
            """);
        Assert.Empty(await InboxAsync(TestServer.Alice));
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task A_dot_after_NUL_ends_nothing()
    {
        await AfterHelloAsync(Envelope + """
            C: <<Subject: x\r\n\r\nhello\r\n\x00.\r\nMAIL FROM:<evil@example.net>\r\n.\r\nNOOP\r\n>>
            S: 250 2.6.0 *
            S: 250 2.0.0 Done.
            """);
        Assert.EndsWith("hello\r\n\0.\r\nMAIL FROM:<evil@example.net>\r\n", Assert.Single(await InboxAsync(TestServer.Alice)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_session_in_one_packet_is_answered_in_order()
    {
        await Transcript.RunAsync(Server, """
            S: 220 *
            C: <<EHLO client.example\r\nMAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nRCPT TO:<nobody@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nSubject: x\r\n\r\nhello\r\n.\r\nMAIL FROM:<>\r\nQUIT\r\n>>
            S: 250-mx.example.org
            ...
            S: 250 LIMITS *
            S: 250 2.1.0 *
            S: 250 2.1.5 *
            S: 550 5.1.1 *
            S: 250 2.1.5 *
            S: 354 *
            S: 250 2.6.0 *
            S: 250 2.1.0 *
            S: 221 2.0.0 *
            S: <closed>
            """);
        Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.Single(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task A_session_may_come_byte_by_byte()
    {
        await using var peer = await TestPeer.ConnectAsync(Server.Endpoint("smtp").Address, useTls: false);
        foreach (var b in Encoding.ASCII.GetBytes("HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\nSubject: x\r\n\r\n..\r\n.\r\nQUIT\r\n"))
        {
            await peer.SendAsync(new[] { b });
        }

        var replies = new List<string>();
        while (await peer.ReadLineAsync() is { } line)
        {
            replies.Add(line[..3]);
        }

        Assert.Equal(["220", "250", "250", "250", "354", "250", "221"], replies);
        var message = Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.Contains("Received: from a ([127.0.0.1]) by mx.example.org with SMTP id c", message, StringComparison.Ordinal);
        Assert.EndsWith("+0000\r\nSubject: x\r\n\r\n.\r\n", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200_000, "250 2.6.0 *")]
    [InlineData(200_001, "552 5.3.4 The message is too big. *")]
    [InlineData(250_000, "552 5.3.4 *")]
    public async Task A_message_has_a_size_limit_and_the_session_goes_on(int length, string reply)
    {
        await AfterHelloAsync(Envelope + $"C: {Raw(new string('a', length - 2) + "\r\n.\r\n")}\nS: {reply}\nC: NOOP\nS: 250 2.0.0 Done.");
        Assert.Equal(length == 200_000 ? 1 : 0, (await InboxAsync(TestServer.Alice)).Count);
    }

    [Fact]
    public Task Data_without_end_ends_the_connection() =>
        AfterHelloAsync(Envelope + $"C: {Raw(new string('a', 310_000))}\nS: 552 5.3.4 *\nS: <closed>");

    [Fact]
    public async Task A_peer_that_leaves_in_the_middle_has_sent_nothing()
    {
        await AfterHelloAsync(Envelope + "C: <<Subject: x\\r\\n\\r\\nhello\\r\\n.\\r>>\nC: <close>\nS: <closed>");
        Assert.Empty(await InboxAsync(TestServer.Alice));
    }

    [Fact]
    public Task Silence_in_the_data_ends_the_connection() => AfterHelloAsync(Envelope + """
        C: <<Subject: x\r\n>>
        T: 200s
        S: 421 4.4.2 Nothing came for too long. *
        S: <closed>
        """);

    [Fact]
    public Task Trickling_data_ends_the_connection_in_the_end() => AfterHelloAsync(
        Envelope + string.Concat(Enumerable.Repeat("C: more\nT: 170s\n", 10)) + "C: more\nT: 200s\nS: 421 4.4.2 *\nS: <closed>");

    [Theory]
    [InlineData(100, "250 2.6.0 *")]
    [InlineData(101, "554 5.4.6 The message has been through too many servers; it runs in a circle. *")]
    public Task More_than_100_Received_fields_are_a_loop(int count, string reply) => AfterHelloAsync(
        Envelope + $"C: {Raw(string.Concat(Enumerable.Repeat("rEceived : x\r\n y\r\n", count)) + "\r\nReceived: not in the header\r\n.\r\n")}\nS: {reply}");

    [Fact]
    public async Task When_the_disk_fails_the_message_is_read_to_its_end_and_can_be_sent_again()
    {
        Directory.Delete(Path.Combine(Server.StoreFolder, "large"), recursive: true);
        await AfterHelloAsync(
            Envelope + $"C: {Raw("Subject: x\r\n\r\n" + new string('a', 100_000) + "\r\n.\r\n")}\nS: 451 4.3.0 The mail store does not answer; try again later. *\n" + """
            C: NOOP
            S: 250 2.0.0 Done.
            C: MAIL FROM:<>
            S: 250 2.1.0 *
            """);
        Assert.Empty(await InboxAsync(TestServer.Alice));
        Assert.Contains(Server.Log.Lines, line => line.StartsWith("Error: message could not be spooled cid=c", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Server.StoreFolder, "large"));
    }

    [Fact]
    public Task DATA_takes_no_argument() => AfterHelloAsync("""
        C: MAIL FROM:<>
        S: 250 *
        C: RCPT TO:<alice@example.org>
        S: 250 *
        C: DATA now
        S: 501 5.5.4 This command takes no argument. *
        """);

    private static string Stuff(string content) =>
        string.Join("\r\n", content.Split("\r\n").Select(line => line.StartsWith('.') ? "." + line : line));
}
