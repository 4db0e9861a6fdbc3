using System.Net.Sockets;
using System.Text;

namespace Martlet.SystemTests.RealInput;

/// <summary>A client that sends exactly the bytes it is given: mail libraries would mend what the tests want broken.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly BufferedStream _stream;
    private int _tag;

    private WireClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = new BufferedStream(tcp.GetStream(), 64 * 1024);
    }

    /// <summary>Connects for SMTP and says EHLO.</summary>
    public static async Task<WireClient> SmtpAsync(RealServer server)
    {
        var client = await ConnectAsync(server.SmtpPort);
        await client.ReplyAsync();
        await client.SendAsync("EHLO client.example.org\r\n");
        await client.ReplyAsync();
        return client;
    }

    /// <summary>Connects for IMAP and logs in.</summary>
    public static async Task<WireClient> ImapAsync(RealServer server)
    {
        var client = await ConnectAsync(server.ImapPort);
        await client.LineAsync();
        await client.CommandAsync($"LOGIN {RealServer.Address} {RealServer.Password}");
        return client;
    }

    /// <summary>One SMTP transaction, pipelined up to DATA.</summary>
    /// <returns>The last reply: to the data, or to what was refused before it.</returns>
    public async Task<string> DeliverAsync(string from, string to, ReadOnlyMemory<byte> message)
    {
        await SendAsync($"MAIL FROM:<{from}> BODY=8BITMIME\r\nRCPT TO:<{to}>\r\nDATA\r\n");
        var mail = await ReplyAsync();
        var rcpt = await ReplyAsync();
        var data = await ReplyAsync();
        if (!data.StartsWith('3'))
        {
            return mail.StartsWith('2') ? rcpt : mail;
        }

        await _stream.WriteAsync(Stuff(message.Span));
        await _stream.FlushAsync();
        return await ReplyAsync();
    }

    /// <summary>One APPEND with a non-synchronizing literal.</summary>
    public Task<string> AppendAsync(string mailbox, ReadOnlyMemory<byte> message) => CommandAsync($"APPEND {mailbox} {{{message.Length}+}}", message);

    /// <summary>One IMAP command.</summary>
    /// <returns>The tagged reply without its tag. Untagged lines go to <paramref name="untagged"/>.</returns>
    public async Task<string> CommandAsync(string command, ReadOnlyMemory<byte>? literal = null, List<string>? untagged = null)
    {
        var tag = $"t{++_tag} ";
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(tag + command + "\r\n"));
        if (literal is { } bytes)
        {
            await _stream.WriteAsync(bytes);
            await _stream.WriteAsync("\r\n"u8.ToArray());
        }

        await _stream.FlushAsync();
        while (true)
        {
            var line = await LineAsync();
            if (line.StartsWith(tag, StringComparison.Ordinal))
            {
                return line[tag.Length..];
            }

            untagged?.Add(line);
        }
    }

    /// <summary>The whole of each message of a mailbox, by UID.</summary>
    public async Task<SortedDictionary<uint, byte[]>> FetchAllAsync(string mailbox)
    {
        await CommandAsync($"EXAMINE {mailbox}");
        var messages = new SortedDictionary<uint, byte[]>();
        var tag = $"t{++_tag} ";
        await SendAsync($"{tag}UID FETCH 1:* BODY.PEEK[]\r\n");
        while (true)
        {
            var line = await LineAsync();
            if (line.StartsWith(tag, StringComparison.Ordinal))
            {
                return messages;
            }

            var brace = line.LastIndexOf('{');
            var words = line.Split(' ');
            var body = new byte[int.Parse(line[(brace + 1)..^1])];
            await _stream.ReadExactlyAsync(body);
            await LineAsync();
            messages.Add(uint.Parse(words[Array.IndexOf(words, "(UID") + 1]), body);
        }
    }

    public async Task SendAsync(string text)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await _stream.FlushAsync();
    }

    /// <summary>One line without its end.</summary>
    public async Task<string> LineAsync()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            if (await _stream.ReadAsync(one) == 0)
            {
                throw new EndOfStreamException("The server closed the connection.");
            }

            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await Task.CompletedTask;
    }

    private static async Task<WireClient> ConnectAsync(int port)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", port);
        return new WireClient(tcp);
    }

    private static byte[] Stuff(ReadOnlySpan<byte> message)
    {
        var result = new MemoryStream(message.Length + 100);
        var isLineStart = true;
        foreach (var b in message)
        {
            if (isLineStart && b == '.')
            {
                result.WriteByte(b);
            }

            result.WriteByte(b);
            isLineStart = b == '\n';
        }

        result.Write(isLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return result.ToArray();
    }

    private async Task<string> ReplyAsync()
    {
        while (true)
        {
            var line = await LineAsync();
            if (line.Length < 4 || line[3] != '-')
            {
                return line;
            }
        }
    }
}
