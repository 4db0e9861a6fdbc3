namespace Martlet.Server.Imap.Search;

/// <summary>Bytes put together for a moment, on the stack while they are few.</summary>
internal ref struct MetaText(Span<byte> room)
{
    private Span<byte> _room = room;
    private int _length;

    /// <summary>What was added.</summary>
    public readonly ReadOnlySpan<byte> Written => _room[.._length];

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends both.</summary>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (_room.Length - _length < first.Length + second.Length)
        {
            Span<byte> larger = new byte[Math.Max(_room.Length * 2, _length + first.Length + second.Length)];
            Written.CopyTo(larger);
            _room = larger;
        }

        first.CopyTo(_room[_length..]);
        second.CopyTo(_room[(_length + first.Length)..]);
        _length += first.Length + second.Length;
    }
}
