using System.Net;
using System.Net.Sockets;
using Martlet.Network.Connections;
using Martlet.Server.Admin;
using Martlet.Server.Config;

namespace Martlet.Server.Hosting;

/// <summary>What the web front is started with. It lives outside of this library, which knows nothing of web servers.</summary>
/// <param name="Services">What every protocol is built from.</param>
/// <param name="Admin">What the use cases work on.</param>
/// <param name="Connections">Counts its connections together with those of all other listeners.</param>
/// <param name="Listeners">Where it serves; at least one. The sockets are its own from now on.</param>
public sealed record WebContext(ServiceContext Services, AdminContext Admin, ConnectionLimits Connections, IReadOnlyList<WebListener> Listeners);

/// <summary>A socket of the web front: bound, not listening yet.</summary>
/// <param name="Protocol">One that is HTTP.</param>
/// <param name="Socket">The socket.</param>
public sealed record WebListener(MailProtocol Protocol, Socket Socket)
{
    /// <summary>Where it is, with the real port when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; } = (IPEndPoint)Socket.LocalEndPoint!;
}

/// <summary>Starts the web front; when the task completes, every listener accepts. Disposing what it gives ends it: requests under way get a few seconds.</summary>
public delegate Task<IAsyncDisposable> WebFactory(WebContext context);
