using System.Text;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Flags of an imported message, from the header fields that mail programs keep in mbox files: Status and X-Status (letters), X-Keywords and
/// X-Mozilla-Keys (words). The fields stay in the message: its bytes are not ours to change.
/// </summary>
internal sealed class MboxStatus
{
    /// <summary>Longest header field line that is looked at, and the most header bytes.</summary>
    private const int LineBytesMax = 1000;
    private const int HeaderBytesMax = 256 * 1024;

    private readonly byte[] _line = new byte[LineBytesMax];
    private readonly HashSet<string> _keywords = new(StringComparer.OrdinalIgnoreCase);
    private int _length;
    private int _seen;
    private bool _isBody;
    private MessageFlags _flags;

    /// <summary>For the next message.</summary>
    public void Clear()
    {
        _length = _seen = 0;
        _isBody = false;
        _flags = MessageFlags.None;
        _keywords.Clear();
    }

    /// <summary>Takes bytes of the message; looks at the header only.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
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

    /// <summary>What the header says.</summary>
    /// <param name="limits">Keywords beyond them are left out.</param>
    public (MessageFlags Flags, IReadOnlyCollection<string> Keywords) Read(StoreLimits limits) =>
        (_flags, [.. _keywords.Where(keyword => keyword.Length <= limits.KeywordBytesMax).Take(limits.KeywordsPerMessageMax)]);

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        _isBody = line.IsEmpty || _seen > HeaderBytesMax;
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return;
        }

        var value = line[(colon + 1)..].Trim((byte)' ');
        if (Ascii.EqualsIgnoreCase(line[..colon], "status"u8) || Ascii.EqualsIgnoreCase(line[..colon], "x-status"u8))
        {
            TakeLetters(value);
        }
        else if (Ascii.EqualsIgnoreCase(line[..colon], "x-keywords"u8) || Ascii.EqualsIgnoreCase(line[..colon], "x-mozilla-keys"u8))
        {
            TakeWords(value);
        }
    }

    private void TakeLetters(ReadOnlySpan<byte> value)
    {
        foreach (var letter in value)
        {
            _flags |= letter switch
            {
                (byte)'R' => MessageFlags.Seen,
                (byte)'A' => MessageFlags.Answered,
                (byte)'F' => MessageFlags.Flagged,
                (byte)'T' => MessageFlags.Draft,
                (byte)'D' => MessageFlags.Deleted,
                _ => MessageFlags.None,
            };
        }
    }

    private void TakeWords(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)' '))
        {
            var word = value[range].Trim((byte)',');
            // RFC 9051 §9 flag-keyword is an atom; other words cannot be sent to a client.
            if (!word.IsEmpty && !word.ContainsAnyExcept(AtomChars))
            {
                _keywords.Add(Encoding.ASCII.GetString(word));
            }
        }
    }

    private static readonly System.Buffers.SearchValues<byte> AtomChars =
        System.Buffers.SearchValues.Create("!#$&'+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`abcdefghijklmnopqrstuvwxyz|}~"u8);
}
