using System.Text;
using Martlet.Messages.Headers;
using Martlet.Messages.Mime;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Sendmail;

/// <summary>An address as it was written: a name for people, a localpart, and a domain or none.</summary>
/// <param name="Name">Bytes of the display name or comment; empty for none.</param>
/// <param name="Localpart">Localpart, decoded; a local name where there is no domain.</param>
/// <param name="Domain">Domain; empty for none.</param>
internal sealed record WrittenAddress(byte[] Name, string Localpart, string Domain)
{
    /// <summary>Reads the addresses of a header field or an argument, in order; groups give their members.</summary>
    public static List<WrittenAddress> ReadAll(ReadOnlySpan<byte> text)
    {
        List<WrittenAddress> addresses = [];
        var limits = MimeLimits.Default with { AddressesMax = SendmailLimits.RecipientsMax + 1 };
        foreach (var view in new AddressListView(AddressListParser.Parse(text, limits)))
        {
            if (!view.IsGroupStart && !view.IsGroupEnd)
            {
                addresses.Add(new WrittenAddress(view.Name.Value.ToArray(), Encoding.UTF8.GetString(view.Mailbox.Value), Encoding.UTF8.GetString(view.Host.Value)));
            }
        }

        return addresses;
    }

    /// <summary>The address, if it has a domain and is one.</summary>
    public EmailAddress? ToAddress() => Parse(Localpart, Domain);

    /// <summary>Makes an address; a localpart that needs quotes gets them.</summary>
    public static EmailAddress? Parse(string localpart, string domain)
    {
        if (EmailAddress.TryParse($"{localpart}@{domain}", out var address))
        {
            return address;
        }

        var quoted = localpart.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return EmailAddress.TryParse($"\"{quoted}\"@{domain}", out address) ? address : null;
    }

    /// <summary>For messages to people.</summary>
    public override string ToString() => Domain.Length > 0 ? $"{Localpart}@{Domain}" : Localpart;
}

/// <summary>Turns names without a domain into addresses, as the configuration says.</summary>
internal sealed class AddressNames(SendmailConfig config, string userName)
{
    /// <summary>A recipient; null with the problem when it is none.</summary>
    public EmailAddress? Recipient(WrittenAddress written, out string? problem)
    {
        problem = null;
        if (written.Domain.Length > 0)
        {
            problem = written.ToAddress() is null ? $"'{written}' is not an email address." : null;
            return written.ToAddress();
        }

        var address = config.Aliases.GetValueOrDefault(written.Localpart.ToLowerInvariant()) ?? config.DefaultRecipient ?? InDomain(written.Localpart);
        problem = address is null ? $"'{written}' has no domain; set alias, default-recipient or default-domain in the configuration." : null;
        return address;
    }

    /// <summary>A sender that was given as an argument or in a From field; null when it is none.</summary>
    public EmailAddress? Sender(WrittenAddress written) => written.Domain.Length > 0 ? written.ToAddress() : InDomain(written.Localpart) ?? config.Address;

    /// <summary>The sender of mail that names none; null when the configuration does not say.</summary>
    public EmailAddress? DefaultSender => config.Address ?? InDomain(userName);

    private EmailAddress? InDomain(string name) => config.DefaultDomain is { } domain ? WrittenAddress.Parse(name, domain) : null;
}
