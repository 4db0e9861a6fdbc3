namespace Martlet.Protocols.Sasl;

/// <summary>What a mechanism wants next. A closed set: the nested records.</summary>
public abstract record SaslStep
{
    private SaslStep()
    {
    }

    /// <summary>Send this to the client and pass its response to <see cref="ISaslServer.Step"/>.</summary>
    /// <param name="Data">Bytes before base64; may be empty.</param>
    public sealed record Challenge(ReadOnlyMemory<byte> Data) : SaslStep;

    /// <summary>Look up what is stored for this name and pass it to <see cref="ISaslServer.Resume"/>. Nothing is proved yet.</summary>
    /// <param name="AuthenticationId">Who the client says it is, as received: the caller normalizes it as far as its accounts are.</param>
    /// <param name="AuthorizationId">Whom the client wants to act for; empty for the account itself.</param>
    /// <param name="Kind">Which secret: <see cref="SaslSecret.Kind"/>.</param>
    public sealed record NeedSecret(string AuthenticationId, string AuthorizationId, string Kind) : SaslStep;

    /// <summary>The client gave a password: the caller decides. The exchange is over either way.</summary>
    /// <param name="AuthorizationId">Whom the client wants to act for; empty for the account itself.</param>
    /// <param name="AuthenticationId">Whose password it is.</param>
    /// <param name="Password">As given.</param>
    public sealed record CheckPassword(string AuthorizationId, string AuthenticationId, string Password) : SaslStep
    {
        /// <summary>Without the password: records print themselves into logs.</summary>
        public override string ToString() => $"{nameof(CheckPassword)} {{ {AuthenticationId} }}";
    }

    /// <summary>
    /// The mechanism itself has proved who the client is (SCRAM, CRAM-MD5, EXTERNAL, tokens). Whether that account may act for the wanted identity is the
    /// caller's question, to be answered before <paramref name="ServerFinal"/> is sent (RFC 5802 §5).
    /// </summary>
    /// <param name="AuthorizationId">Whom the client wants to act for; empty for the account itself.</param>
    /// <param name="AuthenticationId">Who it is.</param>
    /// <param name="ServerFinal">
    /// Last data for the client, null for none. A protocol without a place for data with success sends it as a challenge and takes an empty response first
    /// (RFC 4422 §5.1, RFC 4954 §4).
    /// </param>
    public sealed record Proved(string AuthorizationId, string AuthenticationId, ReadOnlyMemory<byte>? ServerFinal) : SaslStep;

    /// <summary>The exchange has failed.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="ServerFinal">
    /// Last data for the client (SCRAM and OAUTHBEARER say errors in it); null for none. It helps to find mistakes and may be left out (RFC 5802 §5.1), as a
    /// protocol does that has a reply of its own for <see cref="SaslFailure.Malformed"/>.
    /// </param>
    public sealed record Failed(SaslFailure Reason, ReadOnlyMemory<byte>? ServerFinal = null) : SaslStep;
}
