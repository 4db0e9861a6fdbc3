using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Martlet.Server.Config;

/// <summary>One socket to listen on.</summary>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="EndPoint">Address and port.</param>
/// <param name="MayBeMissing">Whether the machine may do without this address: IPv6 of an "all addresses" line.</param>
public sealed record ListenAddress(MailProtocol Protocol, IPEndPoint EndPoint, bool MayBeMissing = false)
{
    /// <summary>Where a protocol is served when no address is named: at its standard port, on every address of the machine, or on loopback only.</summary>
    public static IReadOnlyList<ListenAddress> Standard(MailProtocol protocol) => protocol.IsForThisMachine ? Loopback(protocol, portOffset: 0) : Everywhere(protocol, protocol.Port);

    /// <summary>Loopback only, IPv4 and IPv6.</summary>
    public static IReadOnlyList<ListenAddress> Loopback(MailProtocol protocol, int portOffset) =>
    [
        new(protocol, new IPEndPoint(IPAddress.Loopback, protocol.Port + portOffset)),
        new(protocol, new IPEndPoint(IPAddress.IPv6Loopback, protocol.Port + portOffset), MayBeMissing: true),
    ];

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.1:993</c>, <c>[2001:db8::1]:993</c>, <c>2001:db8::1</c> or <c>*:993</c>.</summary>
    /// <param name="protocol">Protocol, for the standard port.</param>
    /// <param name="text">The address.</param>
    /// <param name="problem">What is wrong.</param>
    /// <returns>One address, two for <c>*</c>, none when the text is wrong.</returns>
    internal static IReadOnlyList<ListenAddress> Parse(MailProtocol protocol, string text, out string problem)
    {
        problem = "";
        var (host, portText) = Split(text);
        var port = protocol.Port;
        if (portText is not null
            && (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > IPEndPoint.MaxPort))
        {
            problem = $"'{portText}' is not a port; ports go from 1 to 65535.";
            return [];
        }

        if (host == "*")
        {
            return Everywhere(protocol, port);
        }

        if (!IPAddress.TryParse(host, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && host.Count(c => c == '.') != 3))
        {
            problem = $"'{host}' is not an IP address. Write 192.0.2.1, [2001:db8::1] or * for all, each with :port when it is not the standard one.";
            return [];
        }

        return [new ListenAddress(protocol, new IPEndPoint(address, port))];
    }

    private static ListenAddress[] Everywhere(MailProtocol protocol, int port) =>
    [
        new(protocol, new IPEndPoint(IPAddress.Any, port)),
        new(protocol, new IPEndPoint(IPAddress.IPv6Any, port), MayBeMissing: true),
    ];

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            if (close > 0 && (close == text.Length - 1 || text[close + 1] == ':'))
            {
                return (text[1..close], close == text.Length - 1 ? null : text[(close + 2)..]);
            }

            return (text, null);
        }

        // More than one colon without brackets is an IPv6 address without a port.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || colon != text.LastIndexOf(':') ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
