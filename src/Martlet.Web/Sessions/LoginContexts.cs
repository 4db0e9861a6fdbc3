using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Server.Accounts;
using Martlet.Server.Config;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Connections.Features;

namespace Martlet.Web.Sessions;

/// <summary>A request as logins see it. Each is a new context: failures are counted by network and name, and browsers share connections as they like.</summary>
internal static class LoginContexts
{
    /// <summary>Name of the protocol in log and history, on account pages.</summary>
    public const string Protocol = "web";

    /// <summary>Name of the mechanism in log and history.</summary>
    public const string Mechanism = "FORM";

    public static LoginContext Of(WebRequest request)
    {
        var context = new LoginContext(request.Surface.Protocol == MailProtocol.Admin ? AdministratorGate.Protocol : Protocol, WebServer.CidOf(request.Http), request.Remote);
        if (request.Http.Features.Get<ITlsHandshakeFeature>() is { } tls)
        {
            context.WithTls(new TlsInfo(tls.Protocol, tls.NegotiatedCipherSuite ?? default, tls.HostName), static () => ChannelBindings.None);
        }

        context.Client = request.Client;
        return context;
    }
}
