namespace Martlet.Protocols.Sasl;

/// <summary>Why an exchange failed.</summary>
public enum SaslFailure
{
    /// <summary>The response is not what the mechanism's grammar allows, or too long.</summary>
    Malformed,

    /// <summary>Well formed, but not proved: wrong password, unknown account, no such secret stored.</summary>
    BadCredentials,

    /// <summary>
    /// The password was right, but client and server do not see the same TLS channel, or the client's first message was changed on the way: either somebody is
    /// in the middle, or one of the two computes its channel binding wrong. Worth a warning in the log.
    /// </summary>
    ChannelBindingMismatch,

    /// <summary>
    /// The client can bind to the channel and believes that we cannot, though we offered it: somebody may have taken the -PLUS names out of the list
    /// (RFC 5802 §6). Worth a warning in the log.
    /// </summary>
    ChannelBindingDowngrade,

    /// <summary>The client wants a channel binding of a type that this connection does not have.</summary>
    ChannelBindingUnavailable,
}
