namespace Martlet.Messages.Mime;

/// <summary>A growing byte buffer that writes varints and length-prefixed bytes. Reused for scratch; not thread safe.</summary>
internal sealed class MetaWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = Math.Min(Length, length);

    public void Byte(byte value)
    {
        if (Length == _buffer.Length)
        {
            Grow(1);
        }

        _buffer[Length++] = value;
    }

    public void Number(long value)
    {
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Raw(bytes);
    }

    public void Field(MetaTag tag, ReadOnlySpan<byte> value)
    {
        Byte((byte)tag);
        Bytes(value);
    }

    /// <summary>Room for <paramref name="length"/> bytes after what is written; <see cref="Advance"/> takes them.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_buffer.Length - Length < length)
        {
            Grow(length);
        }

        return _buffer.AsSpan(Length, length);
    }

    public void Advance(int length) => Length += length;

    public static int SizeOfNumber(long value)
    {
        var size = 1;
        for (var rest = (ulong)value >> 7; rest != 0; rest >>= 7)
        {
            size++;
        }

        return size;
    }

    private void Grow(int more) => Array.Resize(ref _buffer, checked(Math.Max(_buffer.Length * 2, Length + more)));
}
