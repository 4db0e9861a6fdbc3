using System.Net;
using System.Security.Authentication;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;

namespace Martlet.Server.Accounts;

/// <summary>A connection as logins see it: who asks, over what, and how often it was wrong already.</summary>
/// <remarks>One for each connection; <see cref="WithTls(Connection)"/> after STARTTLS. Not thread safe.</remarks>
public sealed class LoginContext
{
    private Func<ChannelBindings> _bindings = static () => ChannelBindings.None;

    /// <summary>For a connection as it is now.</summary>
    /// <param name="protocol">imap, submission: for the log.</param>
    /// <param name="connection">The connection.</param>
    public LoginContext(string protocol, Connection connection)
        : this(protocol, connection.Token, connection.Remote.Address)
    {
        if (connection.Tls is not null)
        {
            WithTls(connection);
        }
    }

    /// <summary>In the clear.</summary>
    public LoginContext(string protocol, string cid, IPAddress remote)
    {
        Protocol = protocol;
        Cid = cid;
        Remote = remote;
    }

    /// <summary>imap, submission.</summary>
    public string Protocol { get; }

    /// <summary>Name of the connection.</summary>
    public string Cid { get; }

    /// <summary>The peer's address.</summary>
    public IPAddress Remote { get; }

    /// <summary>What TLS agreed on; null in the clear.</summary>
    public TlsInfo? Tls { get; private set; }

    /// <summary>Whether TLS is on.</summary>
    public bool IsEncrypted => Tls is not null;

    /// <summary>The key that the client has shown and that is strong enough; whether an account has it is another question. Null for none.</summary>
    public ClientKey? Key => Tls?.ClientKey is { IsUsable: true } key ? key : null;

    /// <summary>What a login can be bound to.</summary>
    public ChannelBindings Bindings => _bindings();

    /// <summary>
    /// Whether -PLUS mechanisms are offered: only where each binding type that clients choose on this version of TLS works, since a client that finds its type missing
    /// fails instead of trying another one.
    /// </summary>
    public bool OffersPlus => IsEncrypted && Bindings is { Exporter: not null, ServerEndPoint: not null } bindings && (Tls!.Protocol == SslProtocols.Tls13 || bindings.Unique is not null);

    /// <summary>What the client says it is: IMAP's ID, SMTP's EHLO. Anybody's text.</summary>
    public string Client
    {
        get;
        set
        {
            field = value;
            Ticket?.SetClient(value);
        }
    } = "";

    /// <summary>Record of the last attempt, which may lack the client.</summary>
    internal LoginTicket? Ticket { get; set; }

    /// <summary>Failed logins so far.</summary>
    public int Failures { get; internal set; }

    /// <summary>Whether the connection has had its tries: the session ends.</summary>
    public bool IsExhausted => Failures >= Authenticator.FailuresPerConnectionMax;

    /// <summary>TLS has started; failures stay counted.</summary>
    public void WithTls(Connection connection) => WithTls(connection.Tls!, () => connection.Bindings);

    /// <summary>The same without a connection.</summary>
    public LoginContext WithTls(TlsInfo tls, Func<ChannelBindings> bindings)
    {
        // What was said in the clear may be anybody's (RFC 3207 §4.2).
        Ticket = null;
        Client = "";
        Tls = tls;
        _bindings = bindings;
        return this;
    }
}
