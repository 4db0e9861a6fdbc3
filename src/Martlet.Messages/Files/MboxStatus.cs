using System.Text;

namespace Martlet.Messages.Files;

/// <summary>
/// Flags of a message in an mbox file, from the header fields that mail programs keep there: Status and X-Status (letters), X-Keywords and X-Mozilla-Keys
/// (words). A block of Status, X-Status and X-Keywords, with X-IMAPbase or not, at the very beginning, as <see cref="MboxWriter"/> puts it there, is the file's: it alone counts and is
/// taken off. Such fields further down stay: they may be the sender's own, and bytes of a message are not ours to change.
/// </summary>
/// <remarks>Used for one message after the other; memory is bounded by <see cref="BlockBytesMax"/> and <see cref="LineBytesMax"/>.</remarks>
public sealed class MboxStatus
{
    /// <summary>Longest block at the beginning; what is longer is part of the message.</summary>
    public const int BlockBytesMax = 512 * 1024;

    /// <summary>Longest header field line that is looked at.</summary>
    public const int LineBytesMax = 1000;

    private const int HeaderBytesMax = 256 * 1024;

    private readonly byte[] _line = new byte[LineBytesMax];
    private readonly HashSet<string> _keywords = new(StringComparer.OrdinalIgnoreCase);
    private byte[] _held = [];
    private int _heldLength;
    private int _length;
    private int _seen;
    private bool _isBlockDue = true;
    private bool _isBody;
    private bool _isKeywords;

    /// <summary>System flags so far.</summary>
    public FileFlags Flags { get; private set; }

    /// <summary>Keywords so far, each valid as an IMAP keyword, once.</summary>
    public IReadOnlyCollection<string> Keywords => _keywords;

    /// <summary>For the next message.</summary>
    public void Clear()
    {
        _heldLength = _length = _seen = 0;
        _isBlockDue = true;
        _isBody = _isKeywords = false;
        Flags = FileFlags.None;
        _keywords.Clear();
    }

    /// <summary>Takes bytes of the message, with CRLF at the line ends.</summary>
    /// <returns>Bytes that are the message's own, valid until the next call; what may still be the block is held back.</returns>
    public ReadOnlySpan<byte> Feed(ReadOnlySpan<byte> bytes)
    {
        if (!_isBlockDue)
        {
            Scan(bytes);
            return bytes;
        }

        if (_held.Length < _heldLength + bytes.Length)
        {
            Array.Resize(ref _held, Math.Max(512, (_heldLength + bytes.Length) * 2));
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
        return Decide(isLast: false);
    }

    /// <summary>The message is complete.</summary>
    /// <returns>Bytes of it that were held back.</returns>
    public ReadOnlySpan<byte> Finish() => _isBlockDue ? Decide(isLast: true) : [];

    private ReadOnlySpan<byte> Decide(bool isLast)
    {
        var held = _held.AsSpan(0, _heldLength);
        var length = MboxStatusBlock.Measure(held, isLast);
        if (length == MboxStatusBlock.MoreNeeded && _heldLength <= BlockBytesMax && !isLast)
        {
            return [];
        }

        _isBlockDue = false;
        if (length is <= 0 or > BlockBytesMax)
        {
            Scan(held);
            return held;
        }

        foreach (var line in held[..length].Split((byte)'\n'))
        {
            TakeLine(held[..length][line].TrimEnd((byte)'\r'));
        }

        // It alone counts.
        _isBody = true;
        return held[length..];
    }

    private void Scan(ReadOnlySpan<byte> bytes)
    {
        while (!_isBody && !bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            var room = Math.Min(part.Length, LineBytesMax - _length);
            part[..room].CopyTo(_line.AsSpan(_length));
            _length += room;
            _seen += part.Length;
            if (end < 0)
            {
                return;
            }

            TakeLine(_line.AsSpan(0, _length).TrimEnd((byte)'\r'));
            _length = 0;
            bytes = bytes[(end + 1)..];
        }
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        _isBody = line.IsEmpty || _seen > HeaderBytesMax;
        if (line is [(byte)' ' or (byte)'\t', ..])
        {
            TakeWords(_isKeywords ? line : []);
            return;
        }

        var colon = line.IndexOf((byte)':');
        var name = line[..Math.Max(0, colon)];
        var value = line[(colon + 1)..];
        _isKeywords = Ascii.EqualsIgnoreCase(name, "x-keywords"u8) || Ascii.EqualsIgnoreCase(name, "x-mozilla-keys"u8);
        if (_isKeywords)
        {
            TakeWords(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "status"u8) || Ascii.EqualsIgnoreCase(name, "x-status"u8))
        {
            TakeLetters(value);
        }
    }

    private void TakeLetters(ReadOnlySpan<byte> value)
    {
        foreach (var letter in value)
        {
            Flags |= letter switch
            {
                (byte)'R' => FileFlags.Seen,
                (byte)'A' => FileFlags.Answered,
                (byte)'F' => FileFlags.Flagged,
                (byte)'T' => FileFlags.Draft,
                (byte)'D' => FileFlags.Deleted,
                _ => FileFlags.None,
            };
        }
    }

    private void TakeWords(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.SplitAny(" \t"u8))
        {
            var word = value[range].Trim((byte)',');
            if (KeywordText.IsAtom(word))
            {
                _keywords.Add(Encoding.ASCII.GetString(word));
            }
        }
    }
}
