using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>The main job on real mail: every message of the corpus through every way in, and back out byte for byte with foreign clients.</summary>
public sealed class CorpusTests
{
    private const int Connections = 4;

    private static List<byte[]> Messages => [.. Corpus.Messages("ham"), .. Corpus.Messages("spam")];

    [Fact(Explicit = true)]
    public async Task Delivered_by_SMTP_over_several_connections_it_reads_back_byte_exact_with_MailKit()
    {
        var messages = Messages;
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        var replies = new string[messages.Count];
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            for (var from = connection; from < messages.Count; from += Connections * 500)
            {
                // A new connection now and then: a server that relays does the same, and MAILMAX asks for it.
                await using var client = await WireClient.SmtpAsync(server);
                for (var i = from; i < Math.Min(messages.Count, from + (Connections * 500)); i += Connections)
                {
                    replies[i] = await client.DeliverAsync($"m{i}@corpus.example.org", RealServer.Address, messages[i]);
                }
            }
        }));

        for (var i = 0; i < messages.Count; i++)
        {
            // What could smuggle is refused, whoever sends it; everything else is taken.
            Assert.StartsWith(HasBareCr(messages[i]) ? "550" : "250", replies[i], StringComparison.Ordinal);
        }

        var expected = Enumerable.Range(0, messages.Count).Where(i => !HasBareCr(messages[i])).ToHashSet();
        foreach (var bytes in await ReadWithMailKitAsync(server, "INBOX"))
        {
            var returnPath = Encoding.ASCII.GetString(bytes.AsSpan(0, bytes.AsSpan().IndexOf((byte)'\r')));
            var i = int.Parse(returnPath["Return-Path: <m".Length..returnPath.IndexOf('@', StringComparison.Ordinal)]);
            Assert.True(bytes.AsSpan().EndsWith(messages[i]), $"message {i} is not what was sent");
            Assert.True(expected.Remove(i), $"message {i} is there twice");
        }

        Assert.Empty(expected);
        await VerifyAsync(server);
    }

    [Fact(Explicit = true)]
    public async Task Appended_by_IMAP_it_reads_back_byte_exact_with_imaplib_and_says_what_MimeKit_says()
    {
        var messages = Messages;
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        await using (var client = await WireClient.ImapAsync(server))
        {
            for (var i = 0; i < messages.Count; i++)
            {
                var reply = await client.AppendAsync("INBOX", messages[i]);
                Assert.True(reply.StartsWith("OK", StringComparison.Ordinal) && reply.Contains($" {i + 1}]", StringComparison.Ordinal), $"message {i}: {reply}");
            }
        }

        await AssertReadsBackAsync(server, "INBOX", messages);
        await StructureComparison.RunAsync(server, "INBOX", messages);
        await VerifyAsync(server);
    }

    [Theory(Explicit = true)]
    [InlineData("ham")]
    [InlineData("spam")]
    public async Task Imported_from_mbox_it_reads_back_byte_exact(string name)
    {
        var messages = Corpus.Messages(name).Select(Unquoted).ToList();
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        var (exit, output) = await RealServer.RunAsync("import", "mbox", Path.Combine(Corpus.Folder!, $"{name}.mbox.gz"), RealServer.Address, "Imported", "--data", folder.Path);
        Assert.True(exit == 0, output);
        await AssertReadsBackAsync(server, "Imported", messages);
        await VerifyAsync(server);
    }

    internal static async Task VerifyAsync(RealServer server)
    {
        await server.StopAsync();
        var (exit, output) = await RealServer.RunAsync("verify", server.Data);
        Assert.True(exit == 0, output);
    }

    private static async Task<List<byte[]>> ReadWithMailKitAsync(RealServer server, string mailbox)
    {
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", server.ImapPort, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync(RealServer.Address, RealServer.Password);
        var folder = await client.GetFolderAsync(mailbox);
        await folder.OpenAsync(MailKit.FolderAccess.ReadOnly);
        var all = new List<byte[]>();
        foreach (var uid in await folder.SearchAsync(MailKit.Search.SearchQuery.All))
        {
            using var stream = await folder.GetStreamAsync(uid, "");
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            all.Add(bytes.ToArray());
        }

        await client.DisconnectAsync(quit: true);
        return all;
    }

    private static async Task AssertReadsBackAsync(RealServer server, string mailbox, List<byte[]> messages)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "RealInput", "read_back.py");
        using var python = Process.Start(new ProcessStartInfo("python3", [script, server.ImapPort.ToString(), RealServer.Address, RealServer.Password, mailbox])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var lines = (await python.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
        Assert.Equal(messages.Count, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            Assert.Equal($"{i + 1} {messages[i].Length} {Convert.ToHexStringLower(SHA256.HashData(messages[i]))}", lines[i]);
        }
    }

    // mbox writers put ">" before lines that look like separators; import takes it away again (mboxrd).
    private static byte[] Unquoted(byte[] message)
    {
        var lines = Encoding.Latin1.GetString(message).Split('\n');
        var unquoted = lines.Select(line => line.StartsWith('>') && line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal) ? line[1..] : line);
        return Encoding.Latin1.GetBytes(string.Join('\n', unquoted));
    }

    private static bool HasBareCr(byte[] message)
    {
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\r' && (i + 1 == message.Length || message[i + 1] != '\n'))
            {
                return true;
            }
        }

        return false;
    }
}
