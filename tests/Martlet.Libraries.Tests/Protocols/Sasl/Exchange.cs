using System.Text;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

/// <summary>Both ends of an exchange without a protocol between them: what tests of several mechanisms share.</summary>
internal static class Exchange
{
    public const string ClientNonce = "fyko+d2lbbFgONRv9qkxdawL";
    public const string ServerNonce = "3rfcNHYJY1ZVvWVs7j";

    public static SaslDecoy Decoy { get; } = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    public static byte[] Salt { get; } = Enumerable.Range(100, 16).Select(i => (byte)i).ToArray();

    public static ChannelBindings Bindings { get; } = new()
    {
        Exporter = Encoding.ASCII.GetBytes("exported keying material of 32 b"),
        ServerEndPoint = Encoding.ASCII.GetBytes("hash of the certificate"),
        Unique = Encoding.ASCII.GetBytes("finished"),
    };

    /// <summary>Quick to compute; what the client takes as a minimum.</summary>
    public static ScramCredentials Credentials(ScramHash hash, string password = "pencil", int iterations = 4096) =>
        ScramCredentials.FromPassword(hash, password, Salt, iterations)!;

    public static ScramServer Server(ScramHash hash, bool isPlus = false, ChannelBindings? bindings = null, bool? offersPlus = null)
    {
        var options = new ScramServerOptions { Nonce = ServerNonce, Decoy = Decoy, Bindings = bindings ?? ChannelBindings.None };
        return new ScramServer(hash, isPlus, offersPlus is { } offers ? options with { OffersPlus = offers } : options);
    }

    public static ScramClientOptions ClientOptions(string password = "pencil") =>
        new() { AuthenticationId = "user", Password = password, Nonce = ClientNonce };

    /// <summary>Runs an exchange to its end. A message may be changed on its way; an odd number came from the server.</summary>
    /// <returns>The server's last step and whether the client is content.</returns>
    public static (SaslStep Server, bool IsClientContent) Run(
        ISaslServer server, ISaslClient client, Func<string, SaslSecret?> lookup, Func<int, byte[], byte[]>? wire = null)
    {
        var number = 0;
        byte[] Send(ReadOnlyMemory<byte> message) => wire is null ? message.ToArray() : wire(number++, message.ToArray());
        ReadOnlyMemory<byte> response;
        if (client.InitialResponse is { } initial)
        {
            response = Send(initial);
        }
        else
        {
            number = 1;
            if (client.Step(Send(server.FirstChallenge)) is not SaslClientStep.Respond first)
            {
                return (new SaslStep.Failed(SaslFailure.Malformed), false);
            }

            response = Send(first.Data);
        }

        while (true)
        {
            var step = server.Step(response.Span);
            if (step is SaslStep.NeedSecret need)
            {
                step = server.Resume(lookup(need.AuthenticationId));
            }

            var data = step switch
            {
                SaslStep.Challenge challenge => challenge.Data,
                SaslStep.Proved proved => proved.ServerFinal,
                SaslStep.Failed failed => failed.ServerFinal,
                _ => null,
            };
            var answer = data is { } bytes ? client.Step(Send(bytes)) : null;
            if (step is not SaslStep.Challenge)
            {
                return (step, client.IsComplete && answer is not SaslClientStep.Failed && step is not SaslStep.Failed);
            }

            if (answer is not SaslClientStep.Respond respond)
            {
                return (new SaslStep.Failed(SaslFailure.Malformed), false);
            }

            response = Send(respond.Data);
        }
    }

    public static string Said(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
