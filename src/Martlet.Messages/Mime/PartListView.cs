namespace Martlet.Messages.Mime;

/// <summary>The parts of a part, in order.</summary>
public readonly ref struct PartListView
{
    private readonly ReadOnlySpan<byte> _encoded;
    private readonly long _parentBody;
    private readonly long _parentEnd;
    private readonly int _parentDepth;
    private readonly int _most;

    internal PartListView(ReadOnlySpan<byte> encoded, long parentBody, long parentEnd, int parentDepth, int most)
    {
        _encoded = encoded;
        _parentBody = parentBody;
        _parentEnd = parentEnd;
        _parentDepth = parentDepth;
        _most = most;
    }

    /// <summary>How many parts there are. O(n).</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var walk = GetEnumerator(); walk.MoveNext(); count++)
            {
            }

            return count;
        }
    }

    /// <summary>Walks the parts.</summary>
    public Enumerator GetEnumerator() => new(_encoded, _parentBody, _parentEnd, _parentDepth, _most);

    /// <summary>Walks the parts; ends at the first broken byte. Subtrees that are not entered are not read.</summary>
    public ref struct Enumerator
    {
        private readonly long _parentBody;
        private readonly long _parentEnd;
        private readonly int _parentDepth;
        private int _left;
        private MetaReader _reader;
        private ReadOnlySpan<byte> _record;

        internal Enumerator(ReadOnlySpan<byte> encoded, long parentBody, long parentEnd, int parentDepth, int most)
        {
            _reader = new MetaReader(encoded);
            _parentBody = parentBody;
            _parentEnd = parentEnd;
            _parentDepth = parentDepth;
            _left = most;
        }

        /// <summary>The part under the enumerator.</summary>
        public readonly PartView Current => new(_record, _parentBody, _parentEnd, _parentDepth + 1);

        /// <summary>Goes to the next part.</summary>
        public bool MoveNext()
        {
            if (_reader.AtEnd || _left-- <= 0)
            {
                return false;
            }

            _record = _reader.Bytes();
            return !_reader.Failed && !_record.IsEmpty;
        }
    }
}
