using System.Text.Unicode;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>client-final-message of RFC 5802 §7, read.</summary>
/// <param name="Binding">Value of <c>c=</c>, in base64 as received.</param>
/// <param name="Nonce">Value of <c>r=</c>.</param>
/// <param name="Proof">The proof, decoded, of the length of the hash.</param>
/// <param name="WithoutProof">client-final-message-without-proof as received.</param>
internal sealed record ScramClientFinal(byte[] Binding, byte[] Nonce, byte[] Proof, byte[] WithoutProof)
{
    /// <summary>Reads it.</summary>
    /// <returns>The message, or null and what is wrong.</returns>
    public static (ScramClientFinal? Message, ScramError? Error) Read(ReadOnlySpan<byte> message, ScramHash hash, SaslLimits limits)
    {
        if (message.Length > limits.ScramMessageBytesMax)
        {
            return (null, ScramError.Other);
        }

        if (!Utf8.IsValid(message) || message.Contains((byte)0))
        {
            return (null, ScramError.InvalidEncoding);
        }

        var reader = new ScramReader(message);
        if (!reader.Attribute('c', out var binding) || !reader.Attribute('r', out var nonce))
        {
            return (null, ScramError.Other);
        }

        if (!reader.Extensions(until: 'p'))
        {
            return (null, reader.Peek == 'm' ? ScramError.ExtensionsNotSupported : ScramError.Other);
        }

        var withoutProof = message[..reader.Position];
        if (!reader.Attribute('p', out var proofText) || !reader.IsAtEnd)
        {
            return (null, ScramError.Other);
        }

        return StrictBase64.TryDecode(proofText, out var proof) && proof.Length == hash.Bytes
            ? (new ScramClientFinal(binding.ToArray(), nonce.ToArray(), proof, withoutProof.ToArray()), null)
            : (null, ScramError.InvalidEncoding);
    }
}
