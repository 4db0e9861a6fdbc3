namespace Martlet.Network.Smtp;

/// <summary>What went wrong with a connection to a server.</summary>
public enum SmtpFailure
{
    /// <summary>The server could not be reached, does not want us, or the connection broke or was closed.</summary>
    Connection,

    /// <summary>TLS could not be agreed on, or the server's certificate is not trusted.</summary>
    Tls,

    /// <summary>The server took longer than <see cref="Protocols.Smtp.Client.SmtpClientLimits"/> allow.</summary>
    Timeout,

    /// <summary>The server sent more than <see cref="Protocols.Smtp.Client.SmtpClientLimits"/> allow.</summary>
    Limit,

    /// <summary>The server did not follow the protocol where it matters.</summary>
    Protocol,

    /// <summary>The caller cancelled a command, or its message could not be read to the end.</summary>
    Abandoned,
}

/// <summary>A connection has failed and is closed. Texts of the server in the message are its own words.</summary>
public sealed class SmtpException : IOException
{
    /// <summary>Makes one.</summary>
    public SmtpException(SmtpFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public SmtpFailure Failure { get; }
}
