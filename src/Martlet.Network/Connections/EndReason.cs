namespace Martlet.Network.Connections;

/// <summary>Why a connection ended: a closed set, so that logs and metrics can count by it.</summary>
public enum EndReason
{
    /// <summary>Still open, or nobody said why.</summary>
    None,

    /// <summary>The peer said goodbye (LOGOUT, QUIT).</summary>
    Logout,

    /// <summary>The peer closed or reset the connection.</summary>
    PeerClosed,

    /// <summary>The peer sent nothing for longer than the protocol's idle limit.</summary>
    IdleTimeout,

    /// <summary>The peer did not take our output in time.</summary>
    WriteTimeout,

    /// <summary>The TLS handshake failed or took too long.</summary>
    TlsFailed,

    /// <summary>The peer broke a limit or the protocol so that it cannot be followed any more.</summary>
    ProtocolError,

    /// <summary>Too many connections in all or from this address.</summary>
    TooManyConnections,

    /// <summary>The server is stopping.</summary>
    Shutdown,

    /// <summary>Whoever the account belongs to has ended it.</summary>
    EndedByUser,

    /// <summary>Our own fault: an exception reached the session's boundary.</summary>
    ServerError,
}
