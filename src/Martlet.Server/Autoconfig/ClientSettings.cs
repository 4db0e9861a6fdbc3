using System.Collections.Immutable;
using System.Net;
using Martlet.Server.Config;

namespace Martlet.Server.Autoconfig;

/// <summary>What a person or a mail program must know to use the server: the same for every account but for the name to log in with. Immutable.</summary>
/// <remarks>The name is the address, the authentication a password over TLS. Nothing here depends on whether an address exists.</remarks>
public sealed record ClientSettings
{
    private static readonly ImmutableArray<MailProtocol> ReadingOrder = [MailProtocol.Imaps, MailProtocol.Imap];
    private static readonly ImmutableArray<MailProtocol> SendingOrder = [MailProtocol.Submissions, MailProtocol.Submission];

    /// <summary>The server's name.</summary>
    public required string Hostname { get; init; }

    /// <summary>Ways to read mail, the best first: TLS from the start is better than STARTTLS (RFC 8314 §3). Empty when none is configured.</summary>
    public ImmutableArray<ClientService> Reading { get; init; } = [];

    /// <summary>Ways to send mail, the best first.</summary>
    public ImmutableArray<ClientService> Sending { get; init; } = [];

    /// <summary>Port of the account pages and of the settings for programs; null when they are not served.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>The settings that the listeners of a configuration give.</summary>
    public static ClientSettings Of(BootConfig config) => new()
    {
        Hostname = config.Hostname,
        Reading = Services(config, ReadingOrder),
        Sending = Services(config, SendingOrder),
        HttpsPort = Ports(config, MailProtocol.Https).Select(port => (int?)port).FirstOrDefault(),
    };

    /// <summary>The best way of a kind with TLS from the start, or with STARTTLS; null when there is none.</summary>
    public static ClientService? Find(ImmutableArray<ClientService> services, bool isImplicitTls) =>
        services.FirstOrDefault(service => service.Protocol.IsImplicitTls == isImplicitTls);

    private static ImmutableArray<ClientService> Services(BootConfig config, ImmutableArray<MailProtocol> order) =>
    [
        .. order.SelectMany(protocol => Ports(config, protocol).Select(port => new ClientService(protocol, config.Hostname, port))),
    ];

    // One port a protocol: the standard one when it is there. What listens on loopback only is for this machine, unless nothing else is there (localserve).
    private static IEnumerable<int> Ports(BootConfig config, MailProtocol protocol)
    {
        var isLocal = config.Listeners.All(listener => IPAddress.IsLoopback(listener.EndPoint.Address));
        return config.Listeners.Where(listener => listener.Protocol == protocol && (isLocal || !IPAddress.IsLoopback(listener.EndPoint.Address)))
            .Select(listener => listener.EndPoint.Port).OrderBy(port => port == protocol.Port ? 0 : 1).Take(1);
    }
}
