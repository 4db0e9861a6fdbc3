using System.Text;

namespace Martlet.Server.Delivery;

/// <summary>Looks at the header of a message as it passes: how many Received fields there are, and which fields a submitted message lacks.</summary>
/// <remarks>Keeps the start of one line only. Lines end in CRLF: messages with others are refused.</remarks>
internal sealed class HeaderWatch
{
    private readonly byte[] _line = new byte[24];
    private int _length;
    private bool _isOver;

    /// <summary>Received fields: servers the message has been through.</summary>
    public int ReceivedFields { get; private set; }

    /// <summary>Whether there is a Date.</summary>
    public bool HasDate { get; private set; }

    /// <summary>Whether there is a Message-ID.</summary>
    public bool HasMessageId { get; private set; }

    /// <summary>Takes the next piece of the message.</summary>
    public void Take(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty && !_isOver)
        {
            var lineEnd = content.IndexOf((byte)'\n');
            var part = lineEnd < 0 ? content : content[..(lineEnd + 1)];
            var kept = part[..Math.Min(part.Length, _line.Length - _length)];
            kept.CopyTo(_line.AsSpan(_length));
            _length += kept.Length;
            content = content[part.Length..];
            if (lineEnd >= 0)
            {
                Look(_line.AsSpan(0, _length));
                _length = 0;
            }
        }
    }

    private void Look(ReadOnlySpan<byte> line)
    {
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
        HasMessageId |= Ascii.EqualsIgnoreCase(name, "Message-ID"u8);
    }
}
