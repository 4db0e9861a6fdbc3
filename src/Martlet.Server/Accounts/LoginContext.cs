using System.Net;
using Martlet.Network.Connections;

namespace Martlet.Server.Accounts;

/// <summary>A connection as logins see it: who asks, over what, and how often it was wrong already.</summary>
/// <param name="protocol">imap, submission: for the log.</param>
/// <param name="cid">Name of the connection.</param>
/// <param name="remote">The peer's address.</param>
/// <param name="isEncrypted">Whether TLS is on.</param>
/// <remarks>One for each connection, made again after STARTTLS with <see cref="WithTls"/>. Not thread safe.</remarks>
public sealed class LoginContext(string protocol, string cid, IPAddress remote, bool isEncrypted)
{
    /// <summary>For a connection as it is now.</summary>
    public LoginContext(string protocol, Connection connection)
        : this(protocol, connection.Token, connection.Remote.Address, connection.Tls is not null)
    {
    }

    /// <summary>imap, submission.</summary>
    public string Protocol => protocol;

    /// <summary>Name of the connection.</summary>
    public string Cid => cid;

    /// <summary>The peer's address.</summary>
    public IPAddress Remote => remote;

    /// <summary>Whether TLS is on.</summary>
    public bool IsEncrypted { get; private set; } = isEncrypted;

    /// <summary>Failed logins so far.</summary>
    public int Failures { get; internal set; }

    /// <summary>Whether the connection has had its tries: the session ends.</summary>
    public bool IsExhausted => Failures >= Authenticator.FailuresPerConnectionMax;

    /// <summary>TLS has started; failures stay counted.</summary>
    public void WithTls() => IsEncrypted = true;
}
