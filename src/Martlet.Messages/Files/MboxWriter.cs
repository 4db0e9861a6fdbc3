using System.Buffers;
using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>
/// Writes messages as an mbox file (RFC 4155, quoted as mboxrd does): a separator line, the flags as <see cref="MboxStatus"/> reads them, the message with LF at
/// its line ends and one more "&gt;" before lines of any "&gt;" and "From ", and an empty line.
/// </summary>
/// <remarks>
/// Bytes are produced piece by piece, whatever the message's size. A message without an end to its last line gets one; a line whose text ends in CR keeps CRLF, so
/// that the CR is not taken for half of it.
/// </remarks>
public sealed class MboxWriter(IBufferWriter<byte> output)
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private string _base = "";

    /// <summary>">" at the beginning of the line, not written yet.</summary>
    private int _quotes;

    /// <summary>Bytes of "From " after them, not written yet.</summary>
    private int _matched;
    private bool _isLineStart = true;
    private bool _crIsDue;
    private bool _isAfterCr;

    private static ReadOnlySpan<byte> From => "From "u8;

    /// <summary>Begins a file: its first message then says what it is in IMAP.</summary>
    /// <param name="uidValidity">UIDVALIDITY of the mailbox.</param>
    /// <param name="lastUid">Last UID that was given out.</param>
    /// <param name="keywords">All keywords of its messages.</param>
    public void StartFile(uint uidValidity, uint lastUid, IEnumerable<string> keywords) => _base = MboxStatusBlock.FormatBase(uidValidity, lastUid, keywords);

    /// <summary>Begins a message.</summary>
    /// <param name="date">Internal date; written in UTC.</param>
    /// <param name="flags">System flags.</param>
    /// <param name="keywords">Keywords.</param>
    public void Start(DateTimeOffset date, FileFlags flags, IEnumerable<string> keywords)
    {
        var utc = date.ToUniversalTime();
        Put(string.Create(
            CultureInfo.InvariantCulture, $"From MAILER-DAEMON {Days[(int)utc.DayOfWeek]} {Months[utc.Month - 1]} {utc.Day,2} {utc:HH:mm:ss} {utc.Year:0000}\n"));
        Put(_base);
        _base = "";
        Put(MboxStatusBlock.Format(flags, keywords));
        _isLineStart = true;
    }

    /// <summary>Takes bytes of the message.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_isLineStart || _crIsDue)
            {
                TakeByte(bytes[0]);
                bytes = bytes[1..];
                continue;
            }

            var special = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            output.Write(special < 0 ? bytes : bytes[..special]);
            if (special < 0)
            {
                return;
            }

            TakeByte(bytes[special]);
            bytes = bytes[(special + 1)..];
        }
    }

    /// <summary>Ends the message.</summary>
    public void End()
    {
        var isInLine = !_isLineStart || _quotes + _matched > 0;
        Release(isQuoted: false);
        Put(_crIsDue ? "\r\r\n\n" : isInLine ? "\n\n" : "\n");
        _crIsDue = _isAfterCr = false;
        _isLineStart = true;
    }

    private void TakeByte(byte value)
    {
        if (_crIsDue)
        {
            _crIsDue = false;
            if (value != '\n' || _isAfterCr)
            {
                Release(isQuoted: false);
                output.Write("\r"u8);
                _isLineStart = false;
            }

            _isAfterCr = value == '\r';
        }

        if (value == '\r')
        {
            _crIsDue = true;
        }
        else if (value == '\n')
        {
            Release(isQuoted: false);
            output.Write("\n"u8);
            _isLineStart = true;
        }
        else if (!_isLineStart)
        {
            output.Write([value]);
        }
        else if (value == '>' && _matched == 0)
        {
            _quotes++;
        }
        else if (value == From[_matched] && ++_matched < From.Length)
        {
            // It may still become "From ".
        }
        else if (_matched == From.Length)
        {
            Release(isQuoted: true);
            _isLineStart = false;
        }
        else
        {
            Release(isQuoted: false);
            output.Write([value]);
            _isLineStart = false;
        }
    }

    private void Release(bool isQuoted)
    {
        for (var left = _quotes + (isQuoted ? 1 : 0); left > 0; left--)
        {
            output.Write(">"u8);
        }

        output.Write(From[.._matched]);
        _quotes = _matched = 0;
    }

    private void Put(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        foreach (var piece in text.Chunk(bytes.Length))
        {
            output.Write(bytes[..Encoding.ASCII.GetBytes(piece, bytes)]);
        }
    }
}
