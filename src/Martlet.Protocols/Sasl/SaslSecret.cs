using System.Diagnostics.CodeAnalysis;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Protocols.Sasl;

/// <summary>
/// What a server stores so that an account can prove its password by a mechanism that does not send it. Made when the password is set, one for each kind:
/// <see cref="ScramCredentials"/>, <see cref="CramMd5Secret"/>. Immutable; prints nothing secret.
/// </summary>
public abstract record SaslSecret
{
    /// <summary>Longest text form that is read, in characters.</summary>
    public const int EncodedCharsMax = 1024;

    private protected SaslSecret()
    {
    }

    /// <summary>Which kind: the name of the mechanism without <c>-PLUS</c>. An account has one secret of a kind.</summary>
    public abstract string Kind { get; }

    /// <summary>Text form for the database; begins with <see cref="Kind"/> and <c>$</c>.</summary>
    public abstract string Encode();

    /// <summary>Reads a text form of any kind.</summary>
    public static bool TryParse(string encoded, [NotNullWhen(true)] out SaslSecret? secret)
    {
        secret = encoded.Length > EncodedCharsMax ? null : (SaslSecret?)ScramCredentials.Parse(encoded) ?? CramMd5Secret.Parse(encoded);
        return secret is not null;
    }

    /// <summary>The kind only: records print themselves into logs.</summary>
    public sealed override string ToString() => $"{GetType().Name} {{ {Kind} }}";
}
