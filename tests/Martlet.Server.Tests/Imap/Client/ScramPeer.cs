using System.Text;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Scram;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>Plays the server's side of SCRAM in a conversation, for the account "ann" with the password "pw".</summary>
internal static class ScramPeer
{
    /// <summary>Takes <c>AUTHENTICATE</c> up to the proof.</summary>
    /// <returns>The mechanism's last step.</returns>
    public static async Task<SaslStep> TakeProofAsync(FakeServer server, string command, ScramHash hash, ChannelBindings? bindings = null, string password = "pw")
    {
        var line = await server.ReadLineAsync();
        Assert.StartsWith(command + " ", line, StringComparison.Ordinal);
        var peer = new ScramServer(hash, command.EndsWith("-PLUS", StringComparison.Ordinal), new ScramServerOptions
        {
            Nonce = "3rfcNHYJY1ZVvWVs7j",
            Decoy = new SaslDecoy(new byte[32]),
            Bindings = bindings ?? ChannelBindings.None,
        });
        var need = Assert.IsType<SaslStep.NeedSecret>(peer.Step(Convert.FromBase64String(line.Split(' ')[^1])));
        Assert.Equal("ann", need.AuthenticationId);
        var first = Assert.IsType<SaslStep.Challenge>(peer.Resume(ScramCredentials.FromPassword(hash, password, new byte[16], 4096)));
        await server.SendAsync($"+ {Convert.ToBase64String(first.Data.Span)}\r\n");
        return peer.Step(Convert.FromBase64String(await server.ReadLineAsync()));
    }

    /// <summary>The whole, to a success.</summary>
    public static async Task LogInAsync(FakeServer server, string command, ScramHash hash, ChannelBindings? bindings = null)
    {
        var proved = Assert.IsType<SaslStep.Proved>(await TakeProofAsync(server, command, hash, bindings));
        await server.SendAsync($"+ {Convert.ToBase64String(proved.ServerFinal!.Value.Span)}\r\n");
        await server.AnswerAsync("", "A1 OK [CAPABILITY IMAP4rev1 MOVE] Done.\r\n");
    }

    /// <summary>A server's signature of somebody who does not know the password.</summary>
    public static string WrongSignature { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes("v=" + Convert.ToBase64String(new byte[32])));
}
