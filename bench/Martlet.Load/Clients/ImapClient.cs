using System.Net;
using System.Text;
using Martlet.Network.Tls;

namespace Martlet.Load.Clients;

/// <summary>IMAP for figures: sends a command, reads over the responses to its end.</summary>
internal sealed class ImapClient(Wire wire) : IDisposable
{
    public Wire Wire => wire;

    public static async Task<ImapClient> LoginAsync(int port, string address, string password, bool tls = false, IPAddress? from = null)
    {
        var wire = await Wire.ConnectAsync(port, tls, from);
        var client = new ImapClient(wire);
        await wire.LineAsync();
        await wire.SendAsync($"l LOGIN {address} {password}\r\n");
        await client.EndAsync("l");
        return client;
    }

    /// <summary>With a key that the server knows: logged in with the greeting.</summary>
    public static async Task<ImapClient> PreauthAsync(int port, ClientIdentity identity, IPAddress? from = null)
    {
        var wire = await Wire.ConnectAsync(port, tls: true, from, identity);
        var greeting = Encoding.ASCII.GetString((await wire.LineAsync()).Span);
        return greeting.StartsWith("* PREAUTH", StringComparison.Ordinal) ? new ImapClient(wire) : throw new IOException("The server said: " + greeting.TrimEnd());
    }

    /// <summary>A command whose responses are few and short.</summary>
    public Task RunAsync(string command) => RunTextAsync(command);

    /// <summary>A command whose responses are few and short.</summary>
    /// <returns>All its responses.</returns>
    public async Task<string> RunTextAsync(string command)
    {
        await wire.SendAsync($"r {command}\r\n");
        return await EndAsync("r");
    }

    /// <summary>Compresses from here on.</summary>
    public async Task CompressAsync()
    {
        await RunAsync("COMPRESS DEFLATE");
        wire.StartDeflate();
    }

    /// <summary>A command whose responses may be large.</summary>
    /// <returns>Bytes received.</returns>
    public async Task<long> RunLargeAsync(string command)
    {
        var before = wire.Received;
        await wire.SendAsync($"x9 {command}\r\n");
        var end = await wire.SkipToAsync("x9 ");
        return end.StartsWith("x9 OK", StringComparison.Ordinal) ? wire.Received - before : throw new IOException($"{command}: {end}");
    }

    public void Dispose() => wire.Dispose();

    private async Task<string> EndAsync(string tag)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = Encoding.ASCII.GetString((await wire.LineAsync()).Span);
            text.Append(line);
            if (line.StartsWith(tag + " ", StringComparison.Ordinal))
            {
                return line.StartsWith(tag + " OK", StringComparison.Ordinal) ? text.ToString() : throw new IOException("The server said: " + line.TrimEnd());
            }
        }
    }
}
