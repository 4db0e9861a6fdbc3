namespace Martlet.Network.Compression;

/// <summary>
/// Decodes a raw DEFLATE stream (RFC 1951) as it arrives. Delivers every byte that the input so far determines, however the sender flushed (partial, sync,
/// full) and wherever the input is cut, and says exactly where flush marks and the end are; that is why it is our own (ADR 0014).
/// </summary>
/// <remarks>
/// Takes input byte by byte as it needs it, so that at most seven bits are held at the start of a block. Between blocks it holds the history only: as much as
/// was ever decoded, 32 kB at most. Output is never larger than the caller's span, so a bomb costs what the caller lets it. Not thread safe.
/// </remarks>
public sealed class Inflater
{
    /// <summary>Most bytes of history: the farthest that DEFLATE refers back.</summary>
    public const int WindowBytesMax = 32 * 1024;

    private const int FirstWindowBytes = 1024;
    private const int EndOfBlock = 256;
    private const int LengthsMax = 286 + 30;

    private static readonly HuffmanTable FixedLiterals = HuffmanTable.Create(
        [.. Enumerable.Repeat<byte>(8, 144), .. Enumerable.Repeat<byte>(9, 112), .. Enumerable.Repeat<byte>(7, 24), .. Enumerable.Repeat<byte>(8, 8)])!;

    private static readonly HuffmanTable FixedDistances = HuffmanTable.Create([.. Enumerable.Repeat<byte>(5, 32)])!;

    private byte[] _window = [];
    private int _position;
    private bool _isWrapped;

    private State _state = State.Header;
    private uint _bits;
    private int _bitCount;
    private bool _isLastBlock;
    private int _left; // Of a stored block or a copy.
    private int _symbol;
    private int _distance;
    private HuffmanTable? _literals;
    private HuffmanTable? _distances;
    private byte[]? _lengths; // While the code of a block is read.
    private int _lengthsRead;
    private (int Literals, int Distances, int CodeLengths) _counts;

    private enum State
    {
        Header,
        StoredLength,
        Stored,
        Counts,
        CodeLengths,
        Lengths,
        LengthRepeat,
        Symbol,
        LengthExtra,
        Distance,
        DistanceExtra,
        Copy,
        Ended,
        Damaged,
    }

    // What a step found; Go when the next one can be taken.
    private enum Step
    {
        Go,
        NeedInput,
        NeedOutput,
        Flushed,
        Damaged,
    }

    /// <summary>Bytes of history held now.</summary>
    public int WindowBytes => _window.Length;

    /// <summary>Decodes as much as it can.</summary>
    /// <param name="input">Bytes received; those not consumed must come again.</param>
    /// <param name="output">Where to; empty to find out whether there is anything to deliver.</param>
    public InflateResult Inflate(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var rest = input;
        var room = output;
        var step = Step.Go;
        while (step == Step.Go && _state < State.Ended)
        {
            step = _state switch
            {
                State.Header => ReadHeader(ref rest),
                State.StoredLength => ReadStoredLength(ref rest),
                State.Stored => CopyStored(ref rest, ref room),
                State.Counts => ReadCounts(ref rest),
                State.CodeLengths => ReadCodeLengths(ref rest),
                State.Lengths => ReadLengths(ref rest),
                State.LengthRepeat => ReadLengthRepeat(ref rest),
                State.Symbol => ReadSymbols(ref rest, ref room),
                State.LengthExtra => ReadLengthExtra(ref rest),
                State.Distance => ReadDistance(ref rest),
                State.DistanceExtra => ReadDistanceExtra(ref rest),
                _ => CopyBack(ref room),
            };
        }

        if (step == Step.Damaged)
        {
            _state = State.Damaged;
        }

        var status = _state == State.Ended ? InflateStatus.Ended
            : _state == State.Damaged ? InflateStatus.Damaged
            : step == Step.NeedOutput ? InflateStatus.NeedOutput
            : step == Step.Flushed ? InflateStatus.Flushed
            : InflateStatus.NeedInput;
        return new InflateResult(status, input.Length - rest.Length, output.Length - room.Length);
    }

    private Step ReadHeader(ref ReadOnlySpan<byte> input)
    {
        if (!TryBits(ref input, 3, out var header))
        {
            return Step.NeedInput;
        }

        _isLastBlock = (header & 1) != 0;
        switch (header >> 1)
        {
            case 0:
                _bits = 0; // The rest of the byte is padding.
                _bitCount = 0;
                _state = State.StoredLength;
                return Step.Go;
            case 1:
                (_literals, _distances) = (FixedLiterals, FixedDistances);
                _state = State.Symbol;
                return Step.Go;
            case 2:
                _state = State.Counts;
                return Step.Go;
            default:
                return Step.Damaged;
        }
    }

    private Step ReadStoredLength(ref ReadOnlySpan<byte> input)
    {
        // Both halves at once: 32 bits are all that the bit buffer holds, and it is empty here.
        if (!TryBits(ref input, 32, out var lengths))
        {
            return Step.NeedInput;
        }

        var length = lengths & 0xffff;
        if (length != (~lengths >> 16))
        {
            return Step.Damaged;
        }

        _left = (int)length;
        if (length > 0)
        {
            _state = State.Stored;
            return Step.Go;
        }

        EndBlock();
        return Step.Flushed;
    }

    private Step CopyStored(ref ReadOnlySpan<byte> input, ref Span<byte> output)
    {
        while (_left > 0)
        {
            // Output first: with bytes at hand and no room there is something to deliver.
            if (input.IsEmpty)
            {
                return Step.NeedInput;
            }

            if (output.IsEmpty)
            {
                return Step.NeedOutput;
            }

            MakeRoom();
            var count = Math.Min(Math.Min(_left, input.Length), Math.Min(output.Length, _window.Length - _position));
            input[..count].CopyTo(output);
            input[..count].CopyTo(_window.AsSpan(_position));
            input = input[count..];
            output = output[count..];
            _position += count;
            _left -= count;
        }

        EndBlock();
        return Step.Go;
    }

    private Step ReadCounts(ref ReadOnlySpan<byte> input)
    {
        if (!TryBits(ref input, 14, out var counts))
        {
            return Step.NeedInput;
        }

        _counts = ((int)(counts & 31) + 257, (int)((counts >> 5) & 31) + 1, (int)(counts >> 10) + 4);
        if (_counts.Literals > 286 || _counts.Distances > 30)
        {
            return Step.Damaged;
        }

        _lengths = new byte[LengthsMax];
        _lengthsRead = 0;
        _state = State.CodeLengths;
        return Step.Go;
    }

    private Step ReadCodeLengths(ref ReadOnlySpan<byte> input)
    {
        while (_lengthsRead < _counts.CodeLengths)
        {
            if (!TryBits(ref input, 3, out var length))
            {
                return Step.NeedInput;
            }

            _lengths![DeflateCodes.CodeLengthOrder[_lengthsRead++]] = (byte)length;
        }

        _literals = HuffmanTable.Create(_lengths.AsSpan(0, DeflateCodes.CodeLengthOrder.Length));
        if (_literals is null)
        {
            return Step.Damaged;
        }

        _lengths.AsSpan().Clear();
        _lengthsRead = 0;
        _state = State.Lengths;
        return Step.Go;
    }

    private Step ReadLengths(ref ReadOnlySpan<byte> input)
    {
        while (_lengthsRead < _counts.Literals + _counts.Distances)
        {
            if (ReadCode(_literals!, ref input) is var step && step != Step.Go)
            {
                return step;
            }

            if (_symbol > 15)
            {
                _state = State.LengthRepeat;
                return Step.Go;
            }

            _lengths![_lengthsRead++] = (byte)_symbol;
        }

        // Without a code for its end a block could not end.
        if (_lengths![EndOfBlock] == 0)
        {
            return Step.Damaged;
        }

        _literals = HuffmanTable.Create(_lengths.AsSpan(0, _counts.Literals));
        _distances = HuffmanTable.Create(_lengths.AsSpan(_counts.Literals, _counts.Distances));
        _lengths = null;
        _state = State.Symbol;
        return _literals is null || _distances is null ? Step.Damaged : Step.Go;
    }

    private Step ReadLengthRepeat(ref ReadOnlySpan<byte> input)
    {
        var (width, least) = _symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
        if (!TryBits(ref input, width, out var extra))
        {
            return Step.NeedInput;
        }

        var count = least + (int)extra;
        if (_lengthsRead + count > _counts.Literals + _counts.Distances || (_symbol == 16 && _lengthsRead == 0))
        {
            return Step.Damaged;
        }

        _lengths.AsSpan(_lengthsRead, count).Fill(_symbol == 16 ? _lengths![_lengthsRead - 1] : (byte)0);
        _lengthsRead += count;
        _state = State.Lengths;
        return Step.Go;
    }

    private Step ReadSymbols(ref ReadOnlySpan<byte> input, ref Span<byte> output)
    {
        while (true)
        {
            var found = _literals!.Find(_bits, _bitCount, out var symbol);
            if (found <= 0)
            {
                if (found < 0)
                {
                    return Step.Damaged;
                }

                if (!TryByte(ref input))
                {
                    return Step.NeedInput;
                }

                continue;
            }

            if (symbol < EndOfBlock)
            {
                if (output.IsEmpty)
                {
                    return Step.NeedOutput; // The code stays for the next call.
                }

                Drop(found);
                MakeRoom();
                _window[_position++] = output[0] = (byte)symbol;
                output = output[1..];
                continue;
            }

            Drop(found);
            _symbol = symbol;
            if (symbol == EndOfBlock)
            {
                EndBlock();
                return Step.Go;
            }

            _state = State.LengthExtra;
            return symbol - EndOfBlock - 1 < DeflateCodes.Lengths.Length ? Step.Go : Step.Damaged;
        }
    }

    private Step ReadLengthExtra(ref ReadOnlySpan<byte> input)
    {
        var (least, width) = DeflateCodes.Lengths[_symbol - EndOfBlock - 1];
        if (!TryBits(ref input, width, out var extra))
        {
            return Step.NeedInput;
        }

        _left = least + (int)extra;
        _state = State.Distance;
        return Step.Go;
    }

    private Step ReadDistance(ref ReadOnlySpan<byte> input)
    {
        var step = ReadCode(_distances!, ref input);
        if (step == Step.Go)
        {
            _state = State.DistanceExtra;
            step = _symbol < DeflateCodes.Distances.Length ? Step.Go : Step.Damaged;
        }

        return step;
    }

    private Step ReadDistanceExtra(ref ReadOnlySpan<byte> input)
    {
        var (least, width) = DeflateCodes.Distances[_symbol];
        if (!TryBits(ref input, width, out var extra))
        {
            return Step.NeedInput;
        }

        _distance = least + (int)extra;
        _state = State.Copy;
        // A reference to before the start is how a decoder is made to show what it should not.
        return _distance <= (_isWrapped ? WindowBytesMax : _position) ? Step.Go : Step.Damaged;
    }

    private Step CopyBack(ref Span<byte> output)
    {
        var written = 0;
        while (_left > 0 && written < output.Length)
        {
            MakeRoom();
            var from = _position - _distance;
            var value = _window[from < 0 ? from + WindowBytesMax : from];
            _window[_position++] = output[written++] = value;
            _left--;
        }

        output = output[written..];
        if (_left > 0)
        {
            return Step.NeedOutput;
        }

        _state = State.Symbol;
        return Step.Go;
    }

    private void EndBlock()
    {
        (_literals, _distances) = (null, null);
        _state = _isLastBlock ? State.Ended : State.Header;
    }

    private void MakeRoom()
    {
        if (_position < _window.Length)
        {
            return;
        }

        if (_window.Length < WindowBytesMax)
        {
            Array.Resize(ref _window, Math.Max(FirstWindowBytes, _window.Length * 2));
        }
        else
        {
            _position = 0;
            _isWrapped = true;
        }
    }

    private Step ReadCode(HuffmanTable table, ref ReadOnlySpan<byte> input)
    {
        int found;
        while ((found = table.Find(_bits, _bitCount, out _symbol)) == 0)
        {
            if (!TryByte(ref input))
            {
                return Step.NeedInput;
            }
        }

        if (found < 0)
        {
            return Step.Damaged;
        }

        Drop(found);
        return Step.Go;
    }

    private bool TryBits(ref ReadOnlySpan<byte> input, int count, out uint value)
    {
        value = 0;
        while (_bitCount < count)
        {
            if (!TryByte(ref input))
            {
                return false;
            }
        }

        value = count == 32 ? _bits : _bits & ((1u << count) - 1);
        Drop(count);
        return true;
    }

    private bool TryByte(ref ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return false;
        }

        _bits |= (uint)input[0] << _bitCount;
        _bitCount += 8;
        input = input[1..];
        return true;
    }

    private void Drop(int count)
    {
        _bits = count == 32 ? 0 : _bits >> count;
        _bitCount -= count;
    }
}
