using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>What a client says about channel binding (gs2-cbind-flag, RFC 5802 §7).</summary>
internal enum Gs2Flag
{
    /// <summary><c>n</c>: it cannot.</summary>
    NotSupported,

    /// <summary><c>y</c>: it can, and believes that the server cannot.</summary>
    ServerLacksIt,

    /// <summary><c>p=type</c>: it binds.</summary>
    Bound,
}

/// <summary>client-first-message of RFC 5802 §7, read.</summary>
/// <param name="Flag">What it says about channel binding.</param>
/// <param name="BindingName">Type of the binding; empty without one.</param>
/// <param name="AuthorizationId">Empty for none.</param>
/// <param name="Username">Decoded, not normalized.</param>
/// <param name="Nonce">The client's part.</param>
/// <param name="Gs2Header">As received: the proof covers it byte for byte.</param>
/// <param name="Bare">client-first-message-bare as received.</param>
internal sealed record ScramClientFirst(
    Gs2Flag Flag, string BindingName, string AuthorizationId, string Username, string Nonce, byte[] Gs2Header, byte[] Bare)
{
    private static readonly SearchValues<byte> BindingNameChar =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    /// <summary>Reads it.</summary>
    /// <returns>The message, or null and what is wrong.</returns>
    public static (ScramClientFirst? Message, ScramError? Error) Read(ReadOnlySpan<byte> message, SaslLimits limits)
    {
        if (message.Length > limits.ScramMessageBytesMax)
        {
            return (null, ScramError.Other);
        }

        if (!Utf8.IsValid(message) || message.Contains((byte)0))
        {
            return (null, ScramError.InvalidEncoding);
        }

        var flagEnd = message.IndexOf((byte)',');
        if (flagEnd < 0 || !TryReadFlag(message[..flagEnd], out var flag, out var bindingName))
        {
            return (null, ScramError.Other);
        }

        var rest = message[(flagEnd + 1)..];
        var authorizationEnd = rest.IndexOf((byte)',');
        if (authorizationEnd < 0)
        {
            return (null, ScramError.Other);
        }

        var authorizationId = "";
        if (authorizationEnd > 0)
        {
            if (rest is not [(byte)'a', (byte)'=', ..])
            {
                return (null, ScramError.Other);
            }

            if (ScramReader.SaslName(rest[2..authorizationEnd], limits.NameBytesMax) is not { } name)
            {
                return (null, ScramError.InvalidUsernameEncoding);
            }

            authorizationId = name;
        }

        var bare = rest[(authorizationEnd + 1)..];
        var header = message[..^bare.Length];
        return ReadBare(bare, limits) is var (username, nonce, error) && error is null
            ? (new ScramClientFirst(flag, bindingName, authorizationId, username, nonce, header.ToArray(), bare.ToArray()), null)
            : (null, error);
    }

    private static bool TryReadFlag(ReadOnlySpan<byte> text, out Gs2Flag flag, out string bindingName)
    {
        (flag, bindingName) = (Gs2Flag.NotSupported, "");
        switch (text)
        {
            case [(byte)'n']:
                return true;
            case [(byte)'y']:
                flag = Gs2Flag.ServerLacksIt;
                return true;
            case [(byte)'p', (byte)'=', _, ..] when text[2..].IndexOfAnyExcept(BindingNameChar) < 0:
                (flag, bindingName) = (Gs2Flag.Bound, Encoding.ASCII.GetString(text[2..]));
                return true;
            default:
                return false;
        }
    }

    private static (string Username, string Nonce, ScramError? Error) ReadBare(ReadOnlySpan<byte> bare, SaslLimits limits)
    {
        var reader = new ScramReader(bare);
        if (!reader.Attribute('n', out var name))
        {
            return ("", "", reader.Peek == 'm' ? ScramError.ExtensionsNotSupported : ScramError.Other);
        }

        if (ScramReader.SaslName(name, limits.NameBytesMax) is not { } username)
        {
            return ("", "", ScramError.InvalidUsernameEncoding);
        }

        if (!reader.Attribute('r', out var nonce) || !ScramReader.IsNonce(nonce)
            || nonce.Length < limits.ScramNonceBytesMin || nonce.Length > limits.ScramNonceBytesMax)
        {
            return ("", "", ScramError.Other);
        }

        return reader.Extensions()
            ? (username, Encoding.ASCII.GetString(nonce), null)
            : ("", "", reader.Peek == 'm' ? ScramError.ExtensionsNotSupported : ScramError.Other);
    }
}
