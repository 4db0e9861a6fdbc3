using System.Text;
using MailKit;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>Messages that no sane program sends, through the real binary: taken and given back byte for byte, or refused in words; never half, never a dead server.</summary>
public sealed class ExtremeTests
{
    private const string Header = "From: a@example.org\r\nSubject: extreme\r\n";

    public static TheoryData<string> Names => [.. Extremes().Keys];

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task An_extreme_message_comes_back_as_it_went(string name)
    {
        var message = Extremes()[name];
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        await using (var smtp = await WireClient.SmtpAsync(server))
        {
            Assert.StartsWith("250", await smtp.DeliverAsync("a@example.org", RealServer.Address, message), StringComparison.Ordinal);
        }

        await using var imap = await WireClient.ImapAsync(server);
        Assert.StartsWith("OK [APPENDUID", await imap.AppendAsync("Archive", message), StringComparison.Ordinal);
        var delivered = Assert.Single(await imap.FetchAllAsync("INBOX")).Value;
        // SMTP ends each message with CRLF (RFC 5321 §4.1.1.4): one that had none gets one.
        var asSent = message.AsSpan().EndsWith("\r\n"u8) ? message : [.. message, (byte)'\r', (byte)'\n'];
        Assert.True(delivered.AsSpan().EndsWith(asSent), "SMTP changed it");
        Assert.True(Assert.Single(await imap.FetchAllAsync("Archive")).Value.AsSpan().SequenceEqual(message), "APPEND changed it");
        await AssertStructureAsync(server);
        await CorpusTests.VerifyAsync(server);
    }

    [Fact(Explicit = true)]
    public async Task An_empty_message_is_taken_by_SMTP_and_refused_by_APPEND()
    {
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        await using (var smtp = await WireClient.SmtpAsync(server))
        {
            Assert.StartsWith("250", await smtp.DeliverAsync("a@example.org", RealServer.Address, Array.Empty<byte>()), StringComparison.Ordinal);
        }

        await using var imap = await WireClient.ImapAsync(server);
        Assert.StartsWith("NO", await imap.AppendAsync("Archive", Array.Empty<byte>()), StringComparison.Ordinal);
        Assert.Single(await imap.FetchAllAsync("INBOX"));
        await CorpusTests.VerifyAsync(server);
    }

    // Whatever came in, a foreign client must be able to read what we say of it.
    private static async Task AssertStructureAsync(RealServer server)
    {
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", server.ImapPort, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync(RealServer.Address, RealServer.Password);
        var folder = await client.GetFolderAsync("Archive");
        await folder.OpenAsync(FolderAccess.ReadOnly);
        var summary = Assert.Single(await folder.FetchAsync(0, -1, MessageSummaryItems.Envelope | MessageSummaryItems.BodyStructure));
        Assert.NotNull(summary.Body);
        Assert.Equal("extreme", summary.Envelope?.Subject);
    }

    private static Dictionary<string, byte[]> Extremes() => new(StringComparer.Ordinal)
    {
        ["8-bit"] = [.. Ascii(Header + "Content-Transfer-Encoding: 8bit\r\n\r\n"), .. Enumerable.Range(128, 128).Select(b => (byte)b), .. "\r\n"u8],
        ["no final newline"] = Ascii(Header + "\r\nends here"),
        ["header only"] = Ascii(Header),
        ["50 MB"] = [.. Ascii(Header + "\r\n"), .. Lines(50 * 1024 * 1024, 78)],
        ["lines of 1 MB"] = [.. Ascii(Header + "\r\n"), .. Lines(8 * 1024 * 1024, 1024 * 1024)],
        ["10,000 header fields"] = Ascii(Header + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-Field-{i}: value {i}\r\n")) + "\r\nbody\r\n"),
        ["200 nested multiparts"] = Ascii(Header + Nested(200)),
        ["multipart without a boundary"] = Ascii(Header + "Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nbody\r\n--x--\r\n"),
        ["NUL bytes"] = Ascii(Header + "\r\na\0b\0\0c\r\n"),
        ["100,000 addresses"] = Ascii(Header + "To: " + string.Join(",\r\n ", Enumerable.Range(0, 100_000).Select(i => $"u{i}@example.org")) + "\r\n\r\nbody\r\n"),
        ["50,000 continued parameters"] = Ascii(Header + "Content-Type: text/plain;\r\n " + string.Join(";\r\n ", Enumerable.Range(0, 50_000).Select(i => $"name*{i}*=x")) + "\r\n\r\nbody\r\n"),
    };

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Lines(int bytes, int lineBytes)
    {
        var result = new byte[bytes];
        result.AsSpan().Fill((byte)'x');
        for (var at = lineBytes; at <= bytes; at += lineBytes)
        {
            result[at - 2] = (byte)'\r';
            result[at - 1] = (byte)'\n';
        }

        result[^2] = (byte)'\r';
        result[^1] = (byte)'\n';
        if (result[^3] == '\r')
        {
            result[^3] = (byte)'x';
        }

        return result;
    }

    private static string Nested(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            text.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        }

        text.Append("\r\ninnermost\r\n");
        for (var i = depth - 1; i >= 0; i--)
        {
            text.Append($"--b{i}--\r\n");
        }

        return text.ToString();
    }
}
