using System.Text;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>The server-error values of RFC 5802 §7 that we send, and what each means to the caller. <c>unknown-user</c> is never said.</summary>
/// <param name="Value">After <c>e=</c>.</param>
/// <param name="Reason">For the caller.</param>
internal sealed record ScramError(string Value, SaslFailure Reason)
{
    /// <summary>Not UTF-8, or not base64.</summary>
    public static ScramError InvalidEncoding { get; } = new("invalid-encoding", SaslFailure.Malformed);

    /// <summary>An identity with an escape that is none, or empty.</summary>
    public static ScramError InvalidUsernameEncoding { get; } = new("invalid-username-encoding", SaslFailure.Malformed);

    /// <summary><c>m=</c>: an extension that must be understood, and is not.</summary>
    public static ScramError ExtensionsNotSupported { get; } = new("extensions-not-supported", SaslFailure.Malformed);

    /// <summary>Everything else that the grammar or a limit does not allow.</summary>
    public static ScramError Other { get; } = new("other-error", SaslFailure.Malformed);

    /// <summary>Wrong password, or nobody: the same.</summary>
    public static ScramError InvalidProof { get; } = new("invalid-proof", SaslFailure.BadCredentials);

    /// <summary>The proof is right, the channel is another.</summary>
    public static ScramError ChannelBindingsDontMatch { get; } = new("channel-bindings-dont-match", SaslFailure.ChannelBindingMismatch);

    /// <summary>The client believes that we do not offer channel binding.</summary>
    public static ScramError ServerDoesSupportChannelBinding { get; } = new("server-does-support-channel-binding", SaslFailure.ChannelBindingDowngrade);

    /// <summary>The client wants to bind where nothing was offered.</summary>
    public static ScramError ChannelBindingNotSupported { get; } = new("channel-binding-not-supported", SaslFailure.ChannelBindingUnavailable);

    /// <summary>The connection has no binding of that type.</summary>
    public static ScramError UnsupportedChannelBindingType { get; } = new("unsupported-channel-binding-type", SaslFailure.ChannelBindingUnavailable);

    /// <summary>The end of the exchange. The whole message is optional (RFC 5802 §5.1).</summary>
    public SaslStep.Failed ToStep() => new(Reason, Encoding.ASCII.GetBytes("e=" + Value));
}
