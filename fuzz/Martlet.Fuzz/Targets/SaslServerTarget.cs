using System.Text;
using System.Text.Unicode;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Precis;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// A client's side of an exchange, its messages separated by LF, against every server. No mechanism that checks a password may let anybody in who does not have
/// it, identities come out within their limits, and everything ends in a step.
/// </summary>
public static class SaslServerTarget
{
    private const int StepsMax = 4;

    private static readonly SaslDecoy Decoy = new(new byte[SaslDecoy.KeyBytesMin], static name => name);
    private static readonly ChannelBindings Bindings = new() { Exporter = "exporter"u8.ToArray(), Unique = "unique"u8.ToArray() };
    private static readonly ScramCredentials[] Stored = [.. ScramHash.All.Select(hash => new ScramCredentials(hash, new byte[16], 4096, new byte[hash.Bytes], new byte[hash.Bytes]))];
    private static readonly CramMd5Secret StoredCram = CramMd5Secret.FromPassword("a password that no input has")!;

    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        foreach (var stored in Stored)
        {
            Prove(input, Scram(stored.Hash, isPlus: false, ChannelBindings.None), stored);
            Prove(input, Scram(stored.Hash, isPlus: true, Bindings), stored);
            Prove(input, Scram(stored.Hash, isPlus: false, Bindings), secret: null);
        }

        Prove(input, new CramMd5Server("<1@mail.example>", Decoy, SaslLimits.Default), StoredCram);
        Prove(input, new CramMd5Server("<1@mail.example>", Decoy, SaslLimits.Default), secret: null);
        Prove(input, new External(identity: null, SaslLimits.Default), secret: null);
        Play(input, new Plain(SaslLimits.Default), secret: null);
        Play(input, new Login(SaslLimits.Default), secret: null);
        Text(input);
    }

    private static ScramServer Scram(ScramHash hash, bool isPlus, ChannelBindings bindings) =>
        new(hash, isPlus, new ScramServerOptions { Nonce = "nonce", Decoy = Decoy, Bindings = bindings });

    private static void Prove(ReadOnlySpan<byte> input, ISaslServer server, SaslSecret? secret) =>
        Target.That(Play(input, server, secret) is not (SaslStep.Proved or SaslStep.CheckPassword), $"{server.Mechanism} let somebody in.");

    private static SaslStep? Play(ReadOnlySpan<byte> input, ISaslServer server, SaslSecret? secret)
    {
        SaslStep? step = null;
        for (var count = 0; count < StepsMax; count++)
        {
            var end = input.IndexOf((byte)'\n');
            step = server.Step(end < 0 ? input : input[..end]);
            if (step is SaslStep.NeedSecret need)
            {
                Identity(need.AuthenticationId);
                Identity(need.AuthorizationId);
                step = server.Resume(secret);
            }

            if (step is SaslStep.Failed { ServerFinal: { } final })
            {
                Target.That(final.Span.StartsWith("e="u8) && !final.Span.ContainsAny(",\r\n"u8), "An error is one attribute.");
            }

            if (step is not SaslStep.Challenge || end < 0)
            {
                return step;
            }

            input = input[(end + 1)..];
        }

        return step;
    }

    private static void Identity(string name) =>
        Target.That(Encoding.UTF8.GetByteCount(name) <= SaslLimits.Default.NameBytesMax && !name.AsSpan().Contains('\0'), "An identity is within its limits.");

    private static void Text(ReadOnlySpan<byte> input)
    {
        if (!Utf8.IsValid(input))
        {
            return;
        }

        var text = Encoding.UTF8.GetString(input);
        Target.That(!SaslSecret.TryParse(text, out var secret) || secret.Encode() == text, "A stored secret has one spelling.");
        Target.That(!OpaqueString.TryEnforce(text, out var password) || (OpaqueString.TryEnforce(password, out var again) && again == password), "A prepared password stays.");
        Target.That(!UsernameCaseMapped.TryEnforce(text, out var name) || (UsernameCaseMapped.TryEnforce(name, out again) && again == name), "A prepared name stays.");
    }
}
