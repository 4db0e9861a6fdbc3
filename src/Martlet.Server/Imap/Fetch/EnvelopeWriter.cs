using Martlet.Messages.Mime;
using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Fetch;

/// <summary>Writes ENVELOPE (RFC 9051 §7.5.2) straight from the stored structure.</summary>
internal static class EnvelopeWriter
{
    /// <summary>One envelope in its parentheses.</summary>
    public static void Write(ImapWriter writer, EnvelopeView envelope)
    {
        writer.Raw("("u8);
        Text(writer, envelope.Date);
        writer.Space();
        Text(writer, envelope.Subject);
        Addresses(writer, envelope.From);
        Addresses(writer, envelope.Sender);
        Addresses(writer, envelope.ReplyTo);
        Addresses(writer, envelope.To);
        Addresses(writer, envelope.Cc);
        Addresses(writer, envelope.Bcc);
        writer.Space();
        Text(writer, envelope.InReplyTo);
        writer.Space();
        Text(writer, envelope.MessageId);
        writer.Raw(")"u8);
    }

    /// <summary>nstring; 8-bit as encoded-words unless the client has enabled UTF-8.</summary>
    public static void Text(ImapWriter writer, OptionalBytes value)
    {
        if (value.IsPresent)
        {
            Text(writer, value.Value);
        }
        else
        {
            writer.Nil();
        }
    }

    /// <summary>string; 8-bit as encoded-words unless the client has enabled UTF-8.</summary>
    public static void Text(ImapWriter writer, ReadOnlySpan<byte> value)
    {
        if (!writer.IsUtf8 && EncodedWords.IsNeededFor(value))
        {
            writer.String(EncodedWords.Encode(value));
        }
        else
        {
            writer.String(value);
        }
    }

    private static void Addresses(ImapWriter writer, AddressListView list)
    {
        if (list.IsEmpty)
        {
            writer.Raw(" NIL"u8);
            return;
        }

        writer.Raw(" ("u8);
        foreach (var address in list)
        {
            writer.Raw("("u8);
            Text(writer, address.Name);
            writer.Raw(" NIL "u8);
            Part(writer, address.Mailbox);
            writer.Space();
            Part(writer, address.Host);
            writer.Raw(")"u8);
        }

        writer.Raw(")"u8);
    }

    // Localpart and domain cannot be encoded: they would be another address.
    private static void Part(ImapWriter writer, OptionalBytes value) => writer.NString(value.Value, isNil: !value.IsPresent);
}
