using System.Text;
using Martlet.Server.Observe.Journal;

namespace Martlet.Server.Delivery;

/// <summary>Looks at the header of a message as it passes: how many Received fields there are, which Message-ID, and which fields a submitted message lacks.</summary>
/// <remarks>Keeps the start of one line only. Lines end in CRLF: messages with others are refused.</remarks>
internal sealed class HeaderWatch
{
    // The longest Message-ID that is kept, with name and brackets.
    private const int LineBytesKept = JournalLimits.TextCharsMax + 24;

    private byte[] _line = new byte[64];
    private int _length;
    private bool _isOver;
    private bool _isInMessageId;

    /// <summary>Received fields: servers the message has been through.</summary>
    public int ReceivedFields { get; private set; }

    /// <summary>Whether there is a Date.</summary>
    public bool HasDate { get; private set; }

    /// <summary>Whether there is a Message-ID.</summary>
    public bool HasMessageId { get; private set; }

    /// <summary>The first Message-ID, as the journal knows it; empty when there is none so far.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>Takes the next piece of the message.</summary>
    public void Take(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty && !_isOver)
        {
            var lineEnd = content.IndexOf((byte)'\n');
            var part = lineEnd < 0 ? content : content[..(lineEnd + 1)];
            Keep(part);
            content = content[part.Length..];
            if (lineEnd >= 0)
            {
                Look(_line.AsSpan(0, _length));
                _length = 0;
            }
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        var kept = part[..Math.Min(part.Length, LineBytesKept - _length)];
        if (_length + kept.Length > _line.Length)
        {
            Array.Resize(ref _line, Math.Min(LineBytesKept, Math.Max(_line.Length * 2, _length + kept.Length)));
        }

        kept.CopyTo(_line.AsSpan(_length));
        _length += kept.Length;
    }

    private void Look(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)' ' or (byte)'\t', ..])
        {
            // A long Message-ID stands on a line of its own (RFC 5322 §2.2.3).
            NoteMessageId(_isInMessageId ? line : []);
            return;
        }

        _isInMessageId = false;
        _isOver = line.StartsWith("\r\n"u8);
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return;
        }

        // RFC 5322 §4.5.8: obsolete fields have spaces before the colon.
        var name = line[..colon].TrimEnd(" \t"u8);
        ReceivedFields += Ascii.EqualsIgnoreCase(name, "Received"u8) ? 1 : 0;
        HasDate |= Ascii.EqualsIgnoreCase(name, "Date"u8);
        if (Ascii.EqualsIgnoreCase(name, "Message-ID"u8))
        {
            _isInMessageId = !HasMessageId;
            NoteMessageId(HasMessageId ? [] : line[(colon + 1)..]);
            HasMessageId = true;
        }
    }

    private void NoteMessageId(ReadOnlySpan<byte> value)
    {
        if (MessageId.Length == 0)
        {
            MessageId = JournalText.MessageId(value.TrimEnd("\r\n"u8));
            _isInMessageId &= MessageId.Length == 0;
        }
    }
}
