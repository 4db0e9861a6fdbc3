using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Martlet.Protocols.Sasl.Clients;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>server-first-message of RFC 5802 §7, read and within the client's limits.</summary>
internal sealed record ScramServerFirst(string Nonce, byte[] Salt, int Iterations)
{
    private const int IterationDigitsMax = 10;

    /// <summary>Reads it.</summary>
    /// <param name="message">As received.</param>
    /// <param name="clientNonce">What we sent: the server's nonce begins with it and goes on.</param>
    /// <param name="limits">Limits.</param>
    public static (ScramServerFirst? Message, SaslClientFailure Failure) Read(ReadOnlySpan<byte> message, string clientNonce, SaslLimits limits)
    {
        if (message.Length > limits.ScramMessageBytesMax || !Utf8.IsValid(message) || message.Contains((byte)0))
        {
            return (null, SaslClientFailure.Malformed);
        }

        var reader = new ScramReader(message);
        if (!reader.Attribute('r', out var nonceBytes))
        {
            return (null, reader.Peek == 'm' ? SaslClientFailure.ExtensionNotSupported : SaslClientFailure.Malformed);
        }

        if (!reader.Attribute('s', out var saltText) || !reader.Attribute('i', out var iterationText)
            || !ScramReader.IsNonce(nonceBytes) || nonceBytes.Length > clientNonce.Length + limits.ScramNonceBytesMax
            || !StrictBase64.TryDecode(saltText, out var salt)
            || iterationText[0] == '0' || iterationText.IndexOfAnyExcept(Text.Ascii.Digit) >= 0)
        {
            return (null, SaslClientFailure.Malformed);
        }

        if (!reader.Extensions())
        {
            return (null, reader.Peek == 'm' ? SaslClientFailure.ExtensionNotSupported : SaslClientFailure.Malformed);
        }

        var nonce = Encoding.ASCII.GetString(nonceBytes);
        if (!nonce.StartsWith(clientNonce, StringComparison.Ordinal) || nonce.Length == clientNonce.Length)
        {
            return (null, SaslClientFailure.NonceMismatch);
        }

        if (salt.Length < limits.ScramSaltBytesMin || salt.Length > limits.ScramSaltBytesMax)
        {
            return (null, SaslClientFailure.BadSalt);
        }

        if (iterationText.Length > IterationDigitsMax || !int.TryParse(iterationText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations > limits.ScramIterationsMax)
        {
            return (null, SaslClientFailure.TooManyIterations);
        }

        return iterations < limits.ScramIterationsMin
            ? (null, SaslClientFailure.TooFewIterations)
            : (new ScramServerFirst(nonce, salt, iterations), default);
    }
}
