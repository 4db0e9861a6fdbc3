using System.Text;

namespace Martlet.Load.Clients;

/// <summary>Sends messages over SMTP as a server with PIPELINING does: the envelope in one piece, then the message, two round trips each.</summary>
internal sealed class SmtpSender(int port, string recipient, byte[] message) : ISender
{
    private const int MessagesPerConnection = 900;

    private readonly byte[] _envelope = Encoding.ASCII.GetBytes($"MAIL FROM:<author@example.net>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n");
    private readonly byte[] _data = [.. message, .. ".\r\n"u8];
    private Wire? _wire;
    private int _sent;

    public async Task SendAsync()
    {
        if (_wire is null || _sent == MessagesPerConnection)
        {
            await ConnectAsync();
        }

        _sent++;
        await _wire!.SendAsync(_envelope);
        await ExpectAsync("250");
        await ExpectAsync("250");
        await ExpectAsync("354");
        await _wire.SendAsync(_data);
        await ExpectAsync("250");
    }

    public void Dispose() => _wire?.Dispose();

    private async Task ConnectAsync()
    {
        _wire?.Dispose();
        _wire = await Wire.ConnectAsync(port);
        _sent = 0;
        await ExpectAsync("220");
        await _wire.SendAsync("EHLO client.example.net\r\n");
        await ExpectAsync("250");
    }

    private async ValueTask ExpectAsync(string code)
    {
        ReadOnlyMemory<byte> line;
        do
        {
            line = await _wire!.LineAsync();
            if (!Ascii.Equals(line.Span[..3], code))
            {
                throw new IOException("The server said: " + Encoding.ASCII.GetString(line.Span).TrimEnd());
            }
        }
        while (line.Span[3] == '-');
    }
}
