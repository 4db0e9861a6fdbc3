namespace Martlet.Protocols.Imap;

/// <summary>The numbers of a resolved <see cref="NumSet"/>, for <c>foreach</c>; allocates nothing.</summary>
public readonly ref struct NumSetNumbers
{
    private readonly ReadOnlySpan<NumRange> _ranges;

    internal NumSetNumbers(ReadOnlySpan<NumRange> ranges) => _ranges = ranges;

    /// <summary>Starts before the first number.</summary>
    public Enumerator GetEnumerator() => new(_ranges);

    /// <summary>Walks the numbers in ascending order.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<NumRange> _ranges;
        private int _range;
        private long _current;

        internal Enumerator(ReadOnlySpan<NumRange> ranges)
        {
            _ranges = ranges;
            _range = -1;
        }

        /// <summary>The number.</summary>
        public readonly uint Current => (uint)_current;

        /// <summary>Goes to the next number; false at the end.</summary>
        public bool MoveNext()
        {
            if (_range >= 0 && _current < _ranges[_range].Last)
            {
                _current++;
                return true;
            }

            if (_range + 1 >= _ranges.Length)
            {
                return false;
            }

            _current = _ranges[++_range].First;
            return true;
        }
    }
}
