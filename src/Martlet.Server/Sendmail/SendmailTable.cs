using System.Collections.Immutable;
using System.Globalization;
using Martlet.Network.Smtp;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Smtp;
using Martlet.Server.Config;

namespace Martlet.Server.Sendmail;

/// <summary>A configuration of sendmail while its lines are read.</summary>
internal sealed class SendmailDraft
{
    /// <summary>Folder of the file: relative paths count from there.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>What has been read; without a host it is not complete.</summary>
    public SendmailConfig Config { get; set; } = new() { Host = "" };

    /// <summary>A path of the file.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, BaseFolder);
}

/// <summary>All options of the file of <c>martlet sendmail</c>, in the order in which they are described.</summary>
internal static class SendmailTable
{
    public static readonly ImmutableArray<ConfigOption<SendmailDraft>> Options =
    [
        new("host", ["NAME"], "DNS name or IP address", "none: it must be given", "host mail.example.org",
            "The server that takes the mail, and the name its certificate must have.", Host),
        new("port", ["NUMBER"], "TCP port", "465; with 'tls starttls' 587, with 'tls off' 25", "port 465", "Its port.", Port),
        new("tls", ["KIND"], "on, starttls, off", "on", "tls on",
            "TLS from the first byte, after STARTTLS (never without), or not at all: only for a server on the same machine.", Tls),
        new("address", ["ADDRESS"], "email address", "none", "address ada@example.org",
            "The account: its login, and the sender of mail that names none.", (draft, values) => Address(values[0], address => draft.Config = draft.Config with { Address = address })),
        new("password", ["TEXT"], "text", "none", "password \"correct horse\"", "Password of the account. Give the file to its owner alone (mode 0600).",
            (draft, values) => Set(draft, draft.Config with { Password = values[0] })),
        new("password-file", ["FILE"], "path; relative to this file", "none", "password-file /etc/martlet-sendmail.password", "The password is the first line of this file.",
            (draft, values) => Set(draft, draft.Config with { PasswordFile = draft.FullPath(values[0]) })),
        new("key", ["FILE"], "path of a PEM file; relative to this file", "none", "key /etc/martlet-sendmail.pem",
            "A private key, with its certificate or alone, that says who we are. Ed25519, EC or RSA; tried before the password.",
            (draft, values) => Set(draft, draft.Config with { KeyFile = draft.FullPath(values[0]) })),
        new("server-certificate", ["FILE"], "path of a PEM file; relative to this file", "the system's trusted authorities", "server-certificate mail.pem",
            "The server must show exactly this certificate: for one that is self-signed.", (draft, values) => Set(draft, draft.Config with { ServerCertificateFile = draft.FullPath(values[0]) })),
        new("mechanism", ["NAME"], "SASL mechanism", "the strongest that the server offers", "mechanism SCRAM-SHA-256-PLUS",
            "No weaker login than this: a server that stops offering it gets no password.", Mechanism),
        new("default-domain", ["NAME"], "DNS name", "none", "default-domain example.org", "Domain of names without one: senders, and recipients such as root.", DefaultDomain),
        new("default-recipient", ["ADDRESS"], "email address", "the name at default-domain", "default-recipient ada@example.org",
            "Who gets the mail to names without a domain, such as that of cron to root.",
            (draft, values) => Address(values[0], address => draft.Config = draft.Config with { DefaultRecipient = address })),
        new("alias", ["NAME", "ADDRESS"], "name without a domain; email address", "none", "alias root ada@example.org", "Who gets the mail to one such name.", Alias) { IsRepeatable = true },
        new("spool", ["FOLDER"], "path; relative to this file", "~/.local/state/martlet/unsent; for a setgid program /var/spool/martlet-sendmail", "spool /var/spool/martlet-sendmail",
            "Where messages are kept that could not be sent.", (draft, values) => Set(draft, draft.Config with { SpoolFolder = draft.FullPath(values[0]) })),
        new("timeout", ["SECONDS"], "seconds, 1 to 3600", "120", "timeout 30", "Longest time to wait for any one answer of the server.", Timeout),
    ];

    private static string? Set(SendmailDraft draft, SendmailConfig config)
    {
        draft.Config = config;
        return null;
    }

    private static string? Host(SendmailDraft draft, IReadOnlyList<string> values)
    {
        draft.Config = draft.Config with { Host = values[0] };
        return Uri.CheckHostName(values[0]) == UriHostNameType.Unknown ? $"'{values[0]}' is neither a host name nor an address." : null;
    }

    private static string? Port(SendmailDraft draft, IReadOnlyList<string> values)
    {
        var isPort = ushort.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
        draft.Config = draft.Config with { Port = port };
        return isPort ? null : $"'{values[0]}' is not a port from 1 to 65535.";
    }

    private static string? Tls(SendmailDraft draft, IReadOnlyList<string> values)
    {
        SmtpSecurity? security = values[0] switch { "on" => SmtpSecurity.Tls, "starttls" => SmtpSecurity.StartTls, "off" => SmtpSecurity.None, _ => null };
        draft.Config = draft.Config with { Security = security ?? SmtpSecurity.Tls };
        return security is null ? $"'{values[0]}' is none of on, starttls, off." : null;
    }

    private static string? Mechanism(SendmailDraft draft, IReadOnlyList<string> values)
    {
        var name = values[0].ToUpperInvariant();
        draft.Config = draft.Config with { Mechanism = name };
        return SaslClientChooser.Names.Contains(name) ? null : $"'{values[0]}' is not a mechanism; there are {string.Join(", ", SaslClientChooser.Names)}.";
    }

    private static string? DefaultDomain(SendmailDraft draft, IReadOnlyList<string> values)
    {
        draft.Config = draft.Config with { DefaultDomain = values[0] };
        return EmailAddress.TryParse($"a@{values[0]}", out _) ? null : $"'{values[0]}' is not a domain.";
    }

    private static string? Alias(SendmailDraft draft, IReadOnlyList<string> values)
    {
        var name = values[0].ToLowerInvariant();
        if (draft.Config.Aliases.ContainsKey(name))
        {
            return $"there is already an alias {name}.";
        }

        return Address(values[1], address => draft.Config = draft.Config with { Aliases = draft.Config.Aliases.Add(name, address) });
    }

    private static string? Timeout(SendmailDraft draft, IReadOnlyList<string> values)
    {
        var isTime = int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600;
        draft.Config = draft.Config with { Timeout = isTime ? TimeSpan.FromSeconds(seconds) : draft.Config.Timeout };
        return isTime ? null : $"'{values[0]}' is not a number from 1 to 3600.";
    }

    private static string? Address(string text, Action<EmailAddress> set)
    {
        if (!EmailAddress.TryParse(text, out var address))
        {
            return $"'{text}' is not an email address.";
        }

        set(address);
        return null;
    }
}
