using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Martlet.Server.Autoconfig;
using Martlet.Server.Config;

namespace Martlet.Server.Setup;

/// <summary>The DNS records that a domain and the server need. Pure.</summary>
public static class DnsRecords
{
    /// <summary>All records, the most wanted first.</summary>
    /// <param name="domain">The domain, as A-labels.</param>
    /// <param name="settings">The server's name and its ways in.</param>
    /// <param name="addresses">Public addresses of the server; empty when they are not known.</param>
    public static IReadOnlyList<DnsRecord> For(string domain, ClientSettings settings, IReadOnlyList<IPAddress> addresses) =>
        [.. ForMail(domain, settings.Hostname, addresses), .. ForPrograms(domain, settings), .. ForLater(domain, settings.Hostname)];

    private static IEnumerable<DnsRecord> ForMail(string domain, string host, IReadOnlyList<IPAddress> addresses)
    {
        yield return Record(Absolute(domain), "MX", $"10 {Absolute(host)}", DnsNeed.Needed, $"Mail for {domain} comes to this server.");
        if (addresses.Count == 0)
        {
            yield return Record(Absolute(host), "A", value: null, DnsNeed.Needed,
                "The server's public IPv4 address, and AAAA likewise its IPv6 address. None was found on this machine: it may be behind a router, which then must pass the ports on.");
        }

        foreach (var address in addresses)
        {
            yield return Record(Absolute(host), address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA", address.ToString(), DnsNeed.Needed, "Where the server is.");
        }

        if (addresses.Count == 0)
        {
            yield return Record("the address, reversed", "PTR", Absolute(host), DnsNeed.Needed, ReverseWhy) with { AtProvider = true };
        }

        foreach (var address in addresses)
        {
            yield return Record(Reverse(address), "PTR", Absolute(host), DnsNeed.Needed, ReverseWhy) with { AtProvider = true };
        }

        yield return Record(Absolute(domain), "TXT", "\"v=spf1 mx ~all\"", DnsNeed.Needed,
            $"SPF: mail from {domain} comes from the servers in its MX. Add others that send for you before ~all, for example include:spf.example.net.");
        yield return Record(Absolute(host), "TXT", "\"v=spf1 a -all\"", DnsNeed.Needed, "SPF for the server's own name, which stands in its greetings and in the reports it sends.");
        yield return Record(Absolute("_dmarc." + domain), "TXT", $"\"v=DMARC1; p=none; rua=mailto:postmaster@{domain}\"", DnsNeed.Needed,
            "DMARC: others report to you who sends in your name. When the reports show only your own servers, change none to quarantine or reject.");
    }

    private const string ReverseWhy = "Reverse name: many servers refuse mail from an address without one. Set it with whoever gives you the address, not in your zone.";

    private static IEnumerable<DnsRecord> ForPrograms(string domain, ClientSettings settings)
    {
        var host = Absolute(settings.Hostname);
        foreach (var (name, service, isImplicitTls) in new[]
        {
            ("imaps", ClientSettings.Find(settings.Reading, isImplicitTls: true), true),
            ("submissions", ClientSettings.Find(settings.Sending, isImplicitTls: true), true),
            ("imap", ClientSettings.Find(settings.Reading, isImplicitTls: false), false),
            ("submission", ClientSettings.Find(settings.Sending, isImplicitTls: false), false),
        })
        {
            var hasBetter = !isImplicitTls && ClientSettings.Find(name == "imap" ? settings.Reading : settings.Sending, isImplicitTls: true) is not null;
            yield return service is null || hasBetter
                ? Absent(domain, name, hasBetter ? "Not this way: programs shall use TLS from the start (RFC 8314)." : "Not offered here; programs need not try.")
                : Service(domain, name, service, name.StartsWith("imap", StringComparison.Ordinal) ? "Programs find where to read mail (RFC 6186)." : "Programs find where to send mail (RFC 6186, RFC 8314).");
        }

        yield return Absent(domain, "pop3s", "There is no POP here; programs need not try.");
        yield return Absent(domain, "pop3", "The same.");
        if (settings.HttpsPort == MailProtocol.Https.Port)
        {
            yield return Record(Absolute("autoconfig." + domain), "CNAME", host, DnsNeed.Programs,
                "Thunderbird and others ask there for the settings. The certificate must be for this name too.");
            yield return Record(Absolute("autodiscover." + domain), "CNAME", host, DnsNeed.Programs, "Outlook asks there. The certificate must be for this name too.");
        }

        if (settings.HttpsPort is { } port)
        {
            yield return Record(Absolute("_autodiscover._tcp." + domain), "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {port} {host}"), DnsNeed.Programs,
                "Outlook looks here when the name above has no valid certificate.");
        }
    }

    private static IEnumerable<DnsRecord> ForLater(string domain, string host)
    {
        yield return Record(Absolute("_domainkey." + domain), "TXT", value: null, DnsNeed.Later, "DKIM signatures: this version does not sign yet.");
        yield return Record(Absolute("_mta-sts." + domain), "TXT", value: null, DnsNeed.Later, "MTA-STS, others use TLS for sure: this version does not publish the policy yet.");
        yield return Record(Absolute("_smtp._tls." + domain), "TXT", value: null, DnsNeed.Later, "TLS reports: this version does not read them yet.");
        yield return Record(Absolute(host), "CAA", value: null, DnsNeed.Later,
            "Only the authority named there may make certificates for the server, for example 0 issue \"letsencrypt.org\". Wanted once you know which one you use.");
    }

    private static DnsRecord Service(string domain, string name, ClientService service, string why) =>
        Record(Absolute($"_{name}._tcp.{domain}"), "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {service.Port} {Absolute(service.Hostname)}"), DnsNeed.Programs, why);

    // RFC 6186 §3.4: a target of "." says that there is no such service.
    private static DnsRecord Absent(string domain, string name, string why) => Record(Absolute($"_{name}._tcp.{domain}"), "SRV", "0 0 0 .", DnsNeed.Programs, why);

    private static DnsRecord Record(string name, string type, string? value, DnsNeed need, string why) => new(name, type, need, why) { Value = value };

    private static string Absolute(string name) => name + ".";

    // RFC 1035 §3.5; RFC 3596 §2.5.
    private static string Reverse(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes[3]}.{bytes[2]}.{bytes[1]}.{bytes[0]}.in-addr.arpa.")
            : string.Join('.', Convert.ToHexStringLower(bytes).Reverse()) + ".ip6.arpa.";
    }
}
