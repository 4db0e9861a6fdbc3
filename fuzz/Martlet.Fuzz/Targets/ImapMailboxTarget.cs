using System.Buffers;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Text;

namespace Martlet.Fuzz.Targets;

/// <summary>Mailbox names: what modified UTF-7 decodes must encode to the same bytes, and what the writer writes the reader must read.</summary>
public static class ImapMailboxTarget
{
    /// <summary>Runs one input as the bytes of a name.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (Utf7Imap.TryDecode(input, out var name))
        {
            var encoded = new ArrayBufferWriter<byte>();
            Utf7Imap.Encode(name, encoded);
            if (!encoded.WrittenSpan.SequenceEqual(input))
            {
                throw new InvalidOperationException($"Two spellings of {name}.");
            }

            RoundTrip(new MailboxName(name), utf8: false);
        }

        if (MailboxName.TryDecode(input, isUtf8: true, out name))
        {
            RoundTrip(new MailboxName(name), utf8: true);
            RoundTrip(new MailboxName(name), utf8: false);
        }
    }

    private static void RoundTrip(MailboxName name, bool utf8)
    {
        var output = new ArrayBufferWriter<byte>();
        new ImapWriter(output) { IsUtf8 = utf8 }.Mailbox(name);
        var reader = new ImapReader(output.WrittenSpan, ImapLimits.AfterLogin with { MailboxNameBytesMax = int.MaxValue, MailboxDepthMax = int.MaxValue }, utf8);
        var isRead = reader.Mailbox(out var again) && reader.End();
        // UTF-7 can spell CR, LF and NUL; in UTF-8 mode such a name cannot be written in any way, and the store refuses it.
        if (!isRead && name.Value.AsSpan().IndexOfAny('\0', '\r', '\n') < 0)
        {
            throw new InvalidOperationException($"Cannot read what was written: {reader.Error}");
        }

        if (isRead && again != name)
        {
            throw new InvalidOperationException("The name changed on the wire.");
        }
    }
}
