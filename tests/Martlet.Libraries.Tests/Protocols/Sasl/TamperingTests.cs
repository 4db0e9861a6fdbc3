using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

/// <summary>Client against server for every mechanism that proves something: right goes through, anything else never does.</summary>
public sealed class TamperingTests
{
    // PBKDF2 with one iteration: thousands of exchanges.
    private static readonly SaslLimits Quick = new() { ScramIterationsMin = 1 };

    public static TheoryData<string, string> Exchanges => new()
    {
        { "SCRAM-SHA-256", "" },
        { "SCRAM-SHA-1", "" },
        { "SCRAM-SHA-256-PLUS", "tls-exporter" },
        { "SCRAM-SHA-256-PLUS", "tls-server-end-point" },
        { "SCRAM-SHA-256-PLUS", "tls-unique" },
        { "SCRAM-SHA-1-PLUS", "tls-exporter" },
        { "SCRAM-SHA-1-PLUS", "tls-server-end-point" },
        { "SCRAM-SHA-1-PLUS", "tls-unique" },
        { "CRAM-MD5", "" },
    };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Right_passwords_go_through(string mechanism, string binding)
    {
        var (step, isContent) = Run(mechanism, binding);
        Assert.Equal("user", Assert.IsType<SaslStep.Proved>(step).AuthenticationId);
        Assert.True(isContent);
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Wrong_passwords_do_not(string mechanism, string binding)
    {
        foreach (var password in new[] { "", "Pencil", "pencil ", "penci", "pencill", "pe\u0301ncil" })
        {
            var (step, isContent) = Run(mechanism, binding, password);
            Assert.Equal(SaslFailure.BadCredentials, Assert.IsType<SaslStep.Failed>(step).Reason);
            Assert.False(isContent);
        }
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Wrong_bindings_do_not(string mechanism, string binding)
    {
        if (binding.Length == 0)
        {
            return;
        }

        var right = Bindings.Find(binding)!.Value.ToArray();
        for (var bit = 0; bit < right.Length * 8; bit++)
        {
            byte[] wrong = [.. right];
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            var bindings = new ChannelBindings { Exporter = wrong, ServerEndPoint = wrong, Unique = wrong };
            var (step, isContent) = Run(mechanism, binding, bindings: bindings);
            Assert.Equal(SaslFailure.ChannelBindingMismatch, Assert.IsType<SaslStep.Failed>(step).Reason);
            Assert.False(isContent);
        }
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void A_byte_changed_on_the_way_is_noticed(string mechanism, string binding)
    {
        var lengths = new Dictionary<int, int>();
        Run(mechanism, binding, wire: (number, message) =>
        {
            lengths[number] = message.Length;
            return message;
        });
        Assert.True(lengths.Count >= 2);

        foreach (var (changed, length) in lengths)
        {
            for (var at = 0; at < length; at++)
            {
                foreach (var bit in (ReadOnlySpan<int>)[0, 1, 5, 7])
                {
                    var (step, isContent) = Run(mechanism, binding, wire: (number, message) =>
                    {
                        if (number == changed)
                        {
                            message[at] ^= (byte)(1 << bit);
                        }

                        return message;
                    });
                    var message = $"message {changed}, byte {at}, bit {bit}";

                    // What only the client sees at the end cannot change the server's mind, but the client's.
                    Assert.False(isContent, message);
                    Assert.True(step is not SaslStep.Proved || (changed == lengths.Keys.Max() && changed % 2 == 1), message);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void A_message_cut_short_or_made_longer_is_noticed(string mechanism, string binding)
    {
        for (var changed = 0; changed < 4; changed++)
        {
            foreach (var change in new Func<byte[], byte[]>[] { m => m[..^1], m => [.. m, (byte)'A'], m => [.. m, 0], _ => [] })
            {
                var wasSent = false;
                var (_, isContent) = Run(mechanism, binding, wire: (number, message) =>
                {
                    wasSent |= number == changed;
                    return number == changed ? change(message) : message;
                });
                Assert.Equal(!wasSent, isContent);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void An_exchange_cannot_be_said_again(string mechanism, string binding)
    {
        var said = new List<byte[]>();
        Run(mechanism, binding, wire: (number, message) =>
        {
            if (number % 2 == 0)
            {
                said.Add(message);
            }

            return message;
        });
        var server = Server(mechanism, binding, "another0nonce");
        SaslStep step = new SaslStep.Challenge(server.FirstChallenge);
        foreach (var message in said)
        {
            Assert.IsType<SaslStep.Challenge>(step);
            step = server.Step(message);
            step = step is SaslStep.NeedSecret ? server.Resume(Secret(mechanism)) : step;
        }

        Assert.IsType<SaslStep.Failed>(step);
    }

    private static (SaslStep Server, bool IsClientContent) Run(
        string mechanism, string binding, string password = "pencil", ChannelBindings? bindings = null, Func<int, byte[], byte[]>? wire = null) =>
        Exchange.Run(
            Server(mechanism, binding, ServerNonce),
            Client(mechanism, binding, password, bindings ?? Bindings),
            name => name == "user" ? Secret(mechanism) : null,
            wire);

    private static ISaslServer Server(string mechanism, string binding, string nonce) =>
        mechanism == CramMd5Server.Name
            ? new CramMd5Server($"<{nonce}.1@mail.example>", Decoy, Quick)
            : new ScramServer(Hash(mechanism), binding.Length > 0, new ScramServerOptions
            {
                Nonce = nonce,
                Decoy = Decoy,
                Bindings = binding.Length > 0 ? Bindings : ChannelBindings.None,
                Limits = Quick,
            });

    private static ISaslClient Client(string mechanism, string binding, string password, ChannelBindings bindings) =>
        mechanism == CramMd5Server.Name
            ? new CramMd5Client("user", password, Quick)
            : new ScramClient(Hash(mechanism), binding.Length > 0, ClientOptions(password) with
            {
                Bindings = binding.Length > 0 ? bindings : ChannelBindings.None,
                BindingOrder = [binding],
                Limits = Quick with { ScramIterationsMax = 1 },
            });

    private static SaslSecret Secret(string mechanism) =>
        mechanism == CramMd5Server.Name ? CramMd5Secret.FromPassword("pencil")! : Credentials(Hash(mechanism), iterations: 1);

    private static ScramHash Hash(string mechanism) => mechanism.StartsWith("SCRAM-SHA-256", StringComparison.Ordinal) ? ScramHash.Sha256 : ScramHash.Sha1;
}
