namespace Martlet.Protocols.Sasl.Clients;

/// <summary>What a client does next. A closed set: the nested records.</summary>
public abstract record SaslClientStep
{
    private SaslClientStep()
    {
    }

    /// <summary>Send this. Empty after the server's last data.</summary>
    /// <param name="Data">Bytes before base64.</param>
    public sealed record Respond(ReadOnlyMemory<byte> Data) : SaslClientStep
    {
        /// <summary>Without the data, which may be a password: records print themselves into logs.</summary>
        public override string ToString() => $"{nameof(Respond)} {{ {Data.Length} bytes }}";
    }

    /// <summary>Cancel the exchange (<c>*</c>) and do not trust the server with anything else.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="ServerError">For <see cref="SaslClientFailure.ServerError"/>: what the server said, printable ASCII; else null.</param>
    public sealed record Failed(SaslClientFailure Reason, string? ServerError = null) : SaslClientStep;
}

/// <summary>Why a client gives up.</summary>
public enum SaslClientFailure
{
    /// <summary>The challenge is not what the mechanism's grammar allows, or too long.</summary>
    Malformed,

    /// <summary>A challenge where the mechanism has none.</summary>
    Unexpected,

    /// <summary>The server did not go on with our nonce: the answer belongs to another exchange.</summary>
    NonceMismatch,

    /// <summary>The server wants an extension that must be understood, and is not.</summary>
    ExtensionNotSupported,

    /// <summary>Fewer iterations than the limit: the server, or who plays it, wants a proof that is cheap to try passwords on.</summary>
    TooFewIterations,

    /// <summary>More iterations than the limit: the server wants our CPU.</summary>
    TooManyIterations,

    /// <summary>The salt is shorter or longer than the limits.</summary>
    BadSalt,

    /// <summary>The server does not know the password: it is not the one we have an account at.</summary>
    BadServerSignature,

    /// <summary>The server says that the exchange failed, and why.</summary>
    ServerError,
}
