using System.Text;
using Martlet.Messages.Mime;

namespace Martlet.Messages.Text;

/// <summary>
/// Looks for a string in the encoded body of a text part that comes in pieces of any size: transfer encoding and charset are undone on the way, and what
/// turns out to be ASCII is never made characters. Used again for the next body.
/// </summary>
/// <remarks>Linear, constant memory, no exceptions for input. Not thread safe.</remarks>
public sealed class BodySearch
{
    private const int StepBytes = 4096;
    private readonly TextScan _scan = new();
    private readonly byte[] _bytes = new byte[StepBytes + 2 * TransferDecoder.SlackBytes];
    private char[] _chars = [];
    private TransferDecoder? _transfer;
    private Encoding _charset = Charsets.Guess;
    private Decoder? _decoder;
    private bool _mayBeAscii;

    /// <summary>Begins a body.</summary>
    /// <param name="finder">What is looked for.</param>
    /// <param name="encoding">The Content-Transfer-Encoding. An unknown one is taken as 8bit.</param>
    /// <param name="charset">The charset parameter. Absent or unknown: UTF-8, and Latin-1 where it is not.</param>
    public void Start(TextFinder finder, OptionalBytes encoding, OptionalBytes charset)
    {
        ArgumentNullException.ThrowIfNull(finder);
        _scan.Start(finder);
        _transfer = null;
        if (!TransferDecoder.IsIdentityName(encoding.Value))
        {
            TransferDecoder.TryCreate(encoding, out _transfer);
        }

        _charset = Charsets.Find(charset.Value);
        _decoder = null;
        _mayBeAscii = Charsets.HoldsAscii(_charset);
    }

    /// <summary>Goes on with the next encoded bytes, cut anywhere.</summary>
    /// <param name="piece">Bytes.</param>
    /// <param name="isLast">Whether the body ends with them.</param>
    /// <returns>True once the string has been found.</returns>
    public bool Next(ReadOnlySpan<byte> piece, bool isLast)
    {
        if (_transfer is null)
        {
            return Text(piece, isLast);
        }

        do
        {
            var step = Step(piece);
            piece = piece[step.Length..];
            var isEnd = isLast && piece.IsEmpty;
            var length = _transfer.Decode(step, _bytes);
            length += isEnd ? _transfer.Finish(_bytes.AsSpan(length)) : 0;
            if (Text(_bytes.AsSpan(0, length), isEnd))
            {
                return true;
            }
        }
        while (!piece.IsEmpty);

        return false;
    }

    // Whole lines where there are any: the decoder of base64 is fast with them.
    private static ReadOnlySpan<byte> Step(ReadOnlySpan<byte> piece)
    {
        if (piece.Length <= StepBytes)
        {
            return piece;
        }

        var lines = piece[..StepBytes].LastIndexOf((byte)'\n') + 1;
        return piece[..(lines > 0 ? lines : StepBytes)];
    }

    private bool Text(ReadOnlySpan<byte> bytes, bool isLast)
    {
        // Once some byte was not ASCII, the decoder may hold the beginning of a character.
        if (_mayBeAscii && _decoder is null && Ascii.IsValid(bytes))
        {
            return _scan.NextAscii(bytes);
        }

        _decoder ??= _charset.GetDecoder();
        if (_chars.Length == 0)
        {
            _chars = new char[StepBytes];
        }

        bool isDone;
        do
        {
            _decoder.Convert(bytes, _chars, isLast, out var used, out var written, out isDone);
            bytes = bytes[used..];
            if (_scan.Next(_chars.AsSpan(0, written)))
            {
                return true;
            }
        }
        while (!isDone);

        return false;
    }
}
