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

    /// <summary>
    /// Longest message of SCRAM in either direction: two identities of which every character is escaped to three bytes, and the channel binding with the
    /// first of them in base64 again, fit.
    /// </summary>
    public int ScramMessageBytesMax { get; init; } = 8192;

    /// <summary>Shortest nonce that a SCRAM peer may send: fewer characters could repeat.</summary>
    public int ScramNonceBytesMin { get; init; } = 8;

    /// <summary>Longest nonce that a SCRAM peer may send; our own part comes on top.</summary>
    public int ScramNonceBytesMax { get; init; } = 256;

    /// <summary>Shortest salt that a client takes from a server.</summary>
    public int ScramSaltBytesMin { get; init; } = 8;

    /// <summary>Longest salt that a client takes from a server.</summary>
    public int ScramSaltBytesMax { get; init; } = 256;

    /// <summary>Fewest iterations that a client takes from a server: RFC 5802 §5.1 and RFC 7677 §4 say that servers announce at least 4096.</summary>
    public int ScramIterationsMin { get; init; } = 4096;

    /// <summary>Most iterations that a client takes from a server: some seconds of one core, so that a hostile server cannot buy hours of ours with one line.</summary>
    public int ScramIterationsMax { get; init; } = 10_000_000;

    /// <summary>Longest challenge of CRAM-MD5 or LOGIN that a client takes.</summary>
    public int ChallengeBytesMax { get; init; } = 1024;
}
