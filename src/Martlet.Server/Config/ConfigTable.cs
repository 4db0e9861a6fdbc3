using System.Collections.Immutable;
using System.Globalization;

namespace Martlet.Server.Config;

/// <summary>All options of the configuration file, in the order in which they are described.</summary>
internal static class ConfigTable
{
    private const long MessageBytesLeast = 64 * 1024;
    private const long MessageBytesMost = 2L * 1024 * 1024 * 1024;

    public static readonly ImmutableArray<ConfigOption<ConfigDraft>> Options =
    [
        new("hostname", ["NAME"], "DNS name", "none: it must be given", "hostname mail.example.org",
            "The server's own name, in greetings, in Received fields and in the certificate. It must resolve to this machine.", Hostname),
        new("data", ["FOLDER"], "path; relative to this file", "none: it must be given", "data /var/lib/martlet",
            "Where everything is kept: mail, accounts, control socket. Made with access for the owner only. One server runs on it at a time.", Data),
        new("listen", ["PROTOCOL", "[ADDRESS[:PORT]]"], "smtp, submissions, submission, imap, imaps, https, http, admin, metrics; IP address, * for all",
            "every protocol at its standard port on all addresses; admin and metrics on loopback",
            "listen imaps [2001:db8::1]:993",
            "A way in. With one such line only what is listed is served. Without an address: all addresses, for admin and metrics only loopback; without a port: the standard one.", Listen) { IsRepeatable = true },
        new("tls", ["CERTIFICATE", "KEY"], "paths of PEM files; relative to this file", "a self-signed certificate, made in the data folder",
            "tls /etc/ssl/mail/fullchain.pem /etc/ssl/mail/privkey.pem",
            "Certificate with its chain, and its key. Changed files are taken over within ten seconds, or at once on SIGHUP.", Tls),
        new("limit message-bytes", ["SIZE"], "bytes; K, M and G are powers of 1024", "100M", "limit message-bytes 50M",
            "Largest message that is taken, with its header; 64K to 2G.", MessageBytes),
        new("limit connections", ["COUNT"], "connections", "20000", "limit connections 5000",
            "Open connections in all; more are told to come back later.", (draft, values) => Count(values[0], 1_000_000, count => draft.ConnectionsMax = count)),
        new("limit connections-per-address", ["COUNT"], "connections", "100", "limit connections-per-address 20",
            "Open connections from one IPv4 address or one IPv6 /64. Loopback is not held to it.",
            (draft, values) => Count(values[0], 1_000_000, count => draft.ConnectionsPerAddressMax = count)),
        new("unauthenticate", ["SWITCH"], "on, off", "on", "unauthenticate off",
            "Whether an IMAP client may log out and in again on one connection. Turn it off behind a proxy that decides who may log in.",
            (draft, values) => Switch(values[0], isOn => draft.AllowUnauthenticate = isOn)),
        new("cram-md5", ["SWITCH"], "on, off", "off", "cram-md5 on",
            "Whether old programs that know nothing better may log in with CRAM-MD5. It needs a secret of its own, stored when a password is set or next used; whoever "
            + "steals that can log in with it.",
            (draft, values) => Switch(values[0], isOn => draft.OffersCramMd5 = isOn)),
        .. ObserveOptions.All,
    ];

    private static string? Hostname(ConfigDraft draft, IReadOnlyList<string> values)
    {
        var name = values[0].ToLowerInvariant();
        if (!HostNames.IsHostname(name))
        {
            return $"'{values[0]}' is not a host name: labels of letters, digits and hyphens with dots between, such as mail.example.org.";
        }

        draft.Hostname = name;
        return null;
    }

    private static string? Data(ConfigDraft draft, IReadOnlyList<string> values)
    {
        if (values[0].Length == 0)
        {
            return "the folder's name is empty.";
        }

        draft.DataFolder = draft.FullPath(values[0]);
        return null;
    }

    private static string? Listen(ConfigDraft draft, IReadOnlyList<string> values)
    {
        if (MailProtocol.Find(values[0]) is not { } protocol)
        {
            return $"'{values[0]}' is not a protocol; there are {string.Join(", ", MailProtocol.All)}.";
        }

        var problem = "";
        var addresses = values.Count > 1 ? ListenAddress.Parse(protocol, values[1], out problem) : ListenAddress.Standard(protocol);
        foreach (var address in addresses)
        {
            if (draft.Listeners.Find(other => other.EndPoint.Equals(address.EndPoint)) is { } taken)
            {
                return $"{address.EndPoint} is already taken by {taken.Protocol}.";
            }

            draft.Listeners.Add(address);
        }

        return addresses.Count == 0 ? problem : null;
    }

    private static string? Tls(ConfigDraft draft, IReadOnlyList<string> values)
    {
        if (values[0].Length == 0 || values[1].Length == 0)
        {
            return "a file name is empty.";
        }

        draft.Tls = new TlsFiles(draft.FullPath(values[0]), draft.FullPath(values[1]));
        return null;
    }

    private static string? MessageBytes(ConfigDraft draft, IReadOnlyList<string> values)
    {
        var text = values[0];
        var shift = text.Length == 0 ? 0 : text[^1] switch { 'K' or 'k' => 10, 'M' or 'm' => 20, 'G' or 'g' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        if (digits.Length > 12 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return $"'{text}' is not a size; write 100M, 512K or a number of bytes.";
        }

        var bytes = number << shift;
        if (number > MessageBytesMost || bytes is < MessageBytesLeast or > MessageBytesMost)
        {
            return $"{text} is out of range; message-bytes goes from 64K to 2G.";
        }

        draft.MessageBytesMax = bytes;
        return null;
    }

    private static string? Switch(string text, Action<bool> set)
    {
        set(text == "on");
        return text is "on" or "off" ? null : $"'{text}' is neither on nor off.";
    }

    private static string? Count(string text, int most, Action<int> set)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1 || count > most)
        {
            return string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from 1 to {most}.");
        }

        set(count);
        return null;
    }
}
