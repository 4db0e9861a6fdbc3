using System.Diagnostics.CodeAnalysis;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>Reads envelope of RFC 9051 §9.</summary>
internal static class EnvelopeReader
{
    /// <summary>An envelope in parentheses; null for NIL.</summary>
    public static bool Read(ref ImapReader reader, out Envelope? envelope)
    {
        envelope = null;
        if (!reader.OpenList(out var isOpen))
        {
            return false;
        }

        if (!isOpen)
        {
            return true;
        }

        if (!reader.AnyText(out var date) || !reader.Gap() || !reader.AnyText(out var subject)
            || !reader.Gap() || !ReadAddresses(ref reader, out var from)
            || !reader.Gap() || !ReadAddresses(ref reader, out var sender)
            || !reader.Gap() || !ReadAddresses(ref reader, out var replyTo)
            || !reader.Gap() || !ReadAddresses(ref reader, out var to)
            || !reader.Gap() || !ReadAddresses(ref reader, out var cc)
            || !reader.Gap() || !ReadAddresses(ref reader, out var bcc)
            || !reader.Gap() || !reader.AnyText(out var inReplyTo)
            || !reader.Gap() || !reader.AnyText(out var messageId)
            || !reader.Gap() || !reader.CloseParen())
        {
            return false;
        }

        envelope = new Envelope(date, subject, inReplyTo, messageId) { From = from, Sender = sender, ReplyTo = replyTo, To = to, Cc = cc, Bcc = bcc };
        return true;
    }

    private static bool ReadAddresses(ref ImapReader reader, [NotNullWhen(true)] out IReadOnlyList<EnvelopeAddress>? addresses)
    {
        addresses = null;
        if (!reader.OpenList(out var isOpen))
        {
            return false;
        }

        if (!isOpen)
        {
            addresses = [];
            return true;
        }

        List<EnvelopeAddress> list = [];
        List<EnvelopeMailbox>? members = null; // of the group that is open
        while (reader.More())
        {
            if (reader.TryKeyword("NIL"u8))
            {
                continue; // "(NIL)" of servers that mean no address
            }

            if (!ReadAddress(ref reader, out var address))
            {
                return false;
            }

            if (address.Domain is not null)
            {
                if (members is null)
                {
                    list.Add(address);
                }
                else
                {
                    members.Add(address);
                }
            }
            else if (address.Localpart is not null)
            {
                // RFC 9051 §7.5.2: no host and a mailbox name begin a group. A group that did not end ends here.
                members = [];
                list.Add(new EnvelopeGroup(address.Localpart, members));
            }
            else
            {
                members = null;
            }
        }

        addresses = list;
        return reader.Error is null;
    }

    private static bool ReadAddress(ref ImapReader reader, [NotNullWhen(true)] out EnvelopeMailbox? address)
    {
        address = null;
        if (!reader.OpenParen() || !reader.Gap()
            || !reader.AnyText(out var name) || !reader.Gap() || !reader.AnyText(out var route) || !reader.Gap()
            || !reader.AnyText(out var localpart) || !reader.Gap() || !reader.AnyText(out var domain) || !reader.Gap() || !reader.CloseParen())
        {
            return false;
        }

        address = new EnvelopeMailbox(name, localpart, domain) { Route = route };
        return true;
    }
}
