using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Martlet.Server.Config;

namespace Martlet.Server.Setup;

/// <summary>The addresses under which others reach this machine.</summary>
public static class HostAddresses
{
    private const int AddressesMax = 16;

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // RFC 6890: for one network, one machine or no machine.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Addresses for mail from outside: those that smtp listens on, or all of the machine, as far as the Internet can reach them.</summary>
    public static IReadOnlyList<IPAddress> Find(BootConfig config)
    {
        var listening = config.Listeners.Where(listener => listener.Protocol == MailProtocol.Smtp).Select(listener => listener.EndPoint.Address).ToList();
        var all = listening.Exists(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? listening.Concat(OfMachine()) : listening;
        return [.. all.Where(IsPublic).Distinct().OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).Take(AddressesMax)];
    }

    /// <summary>Whether an address is one of the Internet.</summary>
    public static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(address)) && !Array.Exists(NotPublic, network => network.Contains(address));

    private static IEnumerable<IPAddress> OfMachine()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(card => card.OperationalStatus == OperationalStatus.Up)
                .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(found => found.Address)];
        }
        catch (NetworkInformationException)
        {
            return []; // Not told to this process: as if there were none, and the administrator fills them in.
        }
    }
}
