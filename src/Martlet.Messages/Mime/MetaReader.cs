namespace Martlet.Messages.Mime;

/// <summary>Reads what <see cref="MetaWriter"/> wrote. The first error sticks: everything after it is zero and empty, and it is at its end.</summary>
internal ref struct MetaReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool Failed { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            return (byte)Fail();
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>A number from 0 to <see cref="long.MaxValue"/>.</summary>
    public long Number()
    {
        if (_rest is [< 0x80 and var small, ..])
        {
            _rest = _rest[1..];
            return small;
        }

        long value = 0;
        for (int i = 0, shift = 0; i < _rest.Length && i < 9; i++, shift += 7)
        {
            value |= (long)(_rest[i] & 0x7F) << shift;
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        return Fail();
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Number();
        if (length > _rest.Length)
        {
            Fail();
            return default;
        }

        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    private long Fail()
    {
        Failed = true;
        _rest = default;
        return 0;
    }
}
