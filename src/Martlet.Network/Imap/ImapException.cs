namespace Martlet.Network.Imap;

/// <summary>What went wrong with a connection to a server.</summary>
public enum ImapFailure
{
    /// <summary>
    /// The server answered NO or BAD, and the caller asked for OK (<see cref="ImapResult.EnsureOk"/>); or a login was not tried, since it would not be safe. The only
    /// failure after which the connection can be used on.
    /// </summary>
    Refused,

    /// <summary>The server could not be reached, or the connection broke or was closed.</summary>
    Connection,

    /// <summary>TLS could not be agreed on, or the server's certificate is not trusted.</summary>
    Tls,

    /// <summary>The server took longer than <see cref="Protocols.Imap.Client.ImapClientLimits"/> allow.</summary>
    Timeout,

    /// <summary>The server sent more than <see cref="Protocols.Imap.Client.ImapClientLimits"/> allow.</summary>
    Limit,

    /// <summary>The server did not follow the protocol where it matters.</summary>
    Protocol,

    /// <summary>The caller cancelled a command, or gave less data than announced: the server waits for something that will never come.</summary>
    Abandoned,
}

/// <summary>A connection has failed, or a command was refused. Texts of the server in the message are its own words.</summary>
public sealed class ImapException : IOException
{
    /// <summary>Makes one.</summary>
    public ImapException(ImapFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public ImapFailure Failure { get; }

    /// <summary>For a login that was not tried: the SASL mechanism that was used before and is not offered any more. Else null.</summary>
    public string? LostMechanism { get; init; }
}
