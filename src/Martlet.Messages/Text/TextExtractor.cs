using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Martlet.Messages.Mime;

namespace Martlet.Messages.Text;

/// <summary>
/// Turns the encoded body of a text leaf into characters, piece by piece: transfer encoding, then charset, then tags. For SEARCH and previews; a body of
/// 50 MB needs the same few kB as one of 50 bytes.
/// </summary>
/// <remarks>Linear, no exceptions for input. Not thread safe; one body per instance.</remarks>
public sealed class TextExtractor
{
    /// <summary>The least room for output of one call.</summary>
    public const int OutputCharsMin = 1024;

    private const int StepBytes = 256;
    private readonly TransferDecoder _transfer;
    private readonly Decoder _charset;
    private readonly HtmlText? _html;
    private readonly int _stepBytes = StepBytes;

    /// <summary>Starts a body.</summary>
    /// <param name="encoding">The Content-Transfer-Encoding. An unknown one is taken as 8bit.</param>
    /// <param name="charset">The charset parameter. Absent or unknown: UTF-8, and Latin-1 where it is not.</param>
    /// <param name="isHtml">Whether tags are to be removed.</param>
    public TextExtractor(OptionalBytes encoding, OptionalBytes charset, bool isHtml)
    {
        TransferDecoder.TryCreate(encoding, out _transfer);
        var found = Charsets.Find(charset.Value);
        _charset = found.GetDecoder();
        _html = isHtml ? new HtmlText() : null;
        while (found.GetMaxCharCount(_stepBytes + TransferDecoder.SlackBytes) + HtmlText.SlackChars > OutputCharsMin)
        {
            _stepBytes /= 2;
        }
    }

    /// <summary>Starts the body of a part; HTML loses its tags.</summary>
    /// <param name="part">A text leaf.</param>
    public static TextExtractor For(PartView part) =>
        new(part.Encoding, part.Parameters.Find("charset"u8), Ascii.EqualsIgnoreCase(part.Subtype, "html"u8));

    /// <summary>Decodes what fits.</summary>
    /// <param name="input">Encoded bytes, cut anywhere.</param>
    /// <param name="output">At least <see cref="OutputCharsMin"/> long.</param>
    /// <param name="isLast">Whether the body ends with <paramref name="input"/>. It takes effect in the call that uses the last byte.</param>
    /// <param name="used">How many bytes were used; the rest is given again.</param>
    /// <returns>How many characters were written, perhaps none.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<char> output, bool isLast, out int used)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, OutputCharsMin, nameof(output));
        var written = 0;
        used = 0;
        do
        {
            var step = input.Slice(used, Math.Min(_stepBytes, input.Length - used));
            used += step.Length;
            written += Step(step, output[written..], isLast && used == input.Length);
        }
        while (used < input.Length && output.Length - written >= OutputCharsMin);

        return written;
    }

    /// <summary>Decodes a stream.</summary>
    /// <param name="body">The encoded body; the caller keeps it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Characters in pieces of at most a few thousand; a piece is valid until the next is asked for.</returns>
    public async IAsyncEnumerable<ReadOnlyMemory<char>> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var bytes = ArrayPool<byte>.Shared.Rent(8192);
        var chars = ArrayPool<char>.Shared.Rent(OutputCharsMin * 4);
        try
        {
            var isLast = false;
            while (!isLast)
            {
                var length = await body.ReadAsync(bytes, cancel);
                isLast = length == 0;
                for (var begin = 0; begin < length || isLast && begin == 0;)
                {
                    var written = Decode(bytes.AsSpan(begin, length - begin), chars, isLast, out var used);
                    begin += isLast ? 1 : used;
                    if (written > 0)
                    {
                        yield return chars.AsMemory(0, written);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private int Step(ReadOnlySpan<byte> input, Span<char> output, bool isLast)
    {
        Span<byte> bytes = stackalloc byte[StepBytes + 2 * TransferDecoder.SlackBytes];
        var length = _transfer.Decode(input, bytes);
        if (isLast)
        {
            length += _transfer.Finish(bytes[length..]);
        }

        if (_html is null)
        {
            return _charset.GetChars(bytes[..length], output, isLast);
        }

        Span<char> chars = stackalloc char[OutputCharsMin];
        return _html.Strip(chars[.._charset.GetChars(bytes[..length], chars, isLast)], output);
    }
}
