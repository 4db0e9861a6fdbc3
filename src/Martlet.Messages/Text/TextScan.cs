using System.Text;

namespace Martlet.Messages.Text;

/// <summary>Looks for one string in a text that comes in pieces. Used again for the next text; not thread safe.</summary>
internal sealed class TextScan
{
    private const int PieceChars = 2048;
    private char[] _buffer = [];
    private int _kept;
    private TextFinder? _finder;

    private TextFinder Finder => _finder ?? throw new InvalidOperationException("Start first.");

    /// <summary>Begins a text.</summary>
    public void Start(TextFinder finder)
    {
        _finder = finder;
        _kept = 0;
        var room = finder.Overlap + Math.Max(finder.Overlap, PieceChars) + CaseFolding.ExpansionCharsMax;
        if (_buffer.Length < room)
        {
            _buffer = new char[room];
        }
    }

    /// <summary>Goes on with characters.</summary>
    /// <returns>True once the string has been found.</returns>
    public bool Next(ReadOnlySpan<char> piece)
    {
        while (!piece.IsEmpty)
        {
            var length = _kept + CaseFolding.Fold(piece, _buffer.AsSpan(_kept), out var used);
            piece = piece[used..];
            if (_buffer.AsSpan(0, length).IndexOf(Finder.Folded) >= 0)
            {
                return true;
            }

            _kept = Math.Min(Finder.Overlap, length);
            _buffer.AsSpan(length - _kept, _kept).CopyTo(_buffer);
        }

        return Finder.IsEmpty;
    }

    /// <summary>Goes on with bytes that are all ASCII; they are searched as they are, only the seam to what came before is not.</summary>
    /// <returns>True once the string has been found.</returns>
    public bool NextAscii(ReadOnlySpan<byte> piece)
    {
        var overlap = Finder.Overlap;
        if (_kept == 0 || piece.Length > overlap)
        {
            var seam = piece[..Math.Min(piece.Length, overlap)];
            Ascii.ToUpper(seam, _buffer.AsSpan(_kept), out var length);
            if (_kept > 0 && _buffer.AsSpan(0, _kept + length).IndexOf(Finder.Folded) >= 0 || Finder.IsInAscii(piece))
            {
                return true;
            }

            var tail = piece[^Math.Min(piece.Length, overlap)..];
            Ascii.ToUpper(tail, _buffer, out _kept);
            return false;
        }

        // Shorter than what must be kept.
        Span<char> chars = piece.Length <= 256 ? stackalloc char[piece.Length] : new char[piece.Length];
        Encoding.ASCII.GetChars(piece, chars);
        return Next(chars);
    }
}
