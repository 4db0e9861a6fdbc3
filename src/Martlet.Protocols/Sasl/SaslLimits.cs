namespace Martlet.Protocols.Sasl;

/// <summary>Limits of an exchange, in bytes before base64.</summary>
public sealed record SaslLimits
{
    /// <summary>The limits used unless an owner says otherwise.</summary>
    public static SaslLimits Default { get; } = new();

    /// <summary>Longest authorization or authentication identity. RFC 4616 §2 asks for 255 characters.</summary>
    public int NameBytesMax { get; init; } = 1020;

    /// <summary>Longest password. RFC 4616 §2 asks for 255 characters.</summary>
    public int PasswordBytesMax { get; init; } = 1020;
}
