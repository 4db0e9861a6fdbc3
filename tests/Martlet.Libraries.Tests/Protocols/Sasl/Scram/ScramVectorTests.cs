using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Scram;

/// <summary>The exchanges printed in the RFCs, byte for byte, from both ends.</summary>
public sealed class ScramVectorTests
{
    public static TheoryData<string, string, string, string, string, string, string, string> Printed => new()
    {
        {
            // RFC 5802 §5.
            "SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL", "3rfcNHYJY1ZVvWVs7j", "QSXCR+Q6sek8bf92",
            "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="
        },
        {
            // RFC 7677 §3.
            "SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "W22ZaJ0SNY7soEsUEjb6gQ==",
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
        },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public void Server_says_what_the_RFC_prints(
        string mechanism, string clientNonce, string serverNonce, string salt, string clientFirst, string serverFirst, string clientFinal, string serverFinal)
    {
        Assert.Contains(clientNonce, clientFirst, StringComparison.Ordinal);
        Assert.True(ScramHash.TryFind(mechanism, out var hash));
        var server = new ScramServer(hash, isPlus: false, new ScramServerOptions { Nonce = serverNonce, Decoy = Decoy });

        Assert.Equal(new SaslStep.NeedSecret("user", "", mechanism), server.Step(Bytes(clientFirst)));
        var challenge = Assert.IsType<SaslStep.Challenge>(server.Resume(ScramCredentials.FromPassword(hash, "pencil", Convert.FromBase64String(salt), 4096)));
        Assert.Equal(serverFirst, Said(challenge.Data));
        var proved = Assert.IsType<SaslStep.Proved>(server.Step(Bytes(clientFinal)));
        Assert.Equal(("user", "", serverFinal), (proved.AuthenticationId, proved.AuthorizationId, Said(proved.ServerFinal)));
    }

    [Theory]
    [MemberData(nameof(Printed))]
    public void Client_says_what_the_RFC_prints(
        string mechanism, string clientNonce, string serverNonce, string salt, string clientFirst, string serverFirst, string clientFinal, string serverFinal)
    {
        Assert.Contains(serverNonce + ",s=" + salt, serverFirst, StringComparison.Ordinal);
        Assert.True(ScramHash.TryFind(mechanism, out var hash));
        var client = new ScramClient(hash, isPlus: false, ClientOptions() with { Nonce = clientNonce });

        Assert.Equal(clientFirst, Said(client.InitialResponse));
        Assert.Equal(clientFinal, Said(Assert.IsType<SaslClientStep.Respond>(client.Step(Bytes(serverFirst))).Data));
        Assert.False(client.IsComplete);
        Assert.True(Assert.IsType<SaslClientStep.Respond>(client.Step(Bytes(serverFinal))).Data.IsEmpty);
        Assert.True(client.IsComplete);
    }
}
