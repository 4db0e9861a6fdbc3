using System.Globalization;
using System.Text;

namespace Martlet.Load.Clients;

/// <summary>Appends messages over IMAP with a literal that is not waited for: one round trip each.</summary>
internal sealed class AppendSender(int port, string address, string password, byte[] message) : ISender
{
    private readonly byte[] _command =
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a APPEND INBOX {{{message.Length}+}}\r\n")), .. message, .. "\r\n"u8];

    private ImapClient? _client;

    public async Task SendAsync()
    {
        _client ??= await ImapClient.LoginAsync(port, address, password);
        await _client.Wire.SendAsync(_command);
        var line = await _client.Wire.LineAsync();
        if (!line.Span.StartsWith("a OK"u8))
        {
            throw new IOException("The server said: " + Encoding.ASCII.GetString(line.Span).TrimEnd());
        }
    }

    public void Dispose() => _client?.Dispose();
}
