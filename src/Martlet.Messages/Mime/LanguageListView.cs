namespace Martlet.Messages.Mime;

/// <summary>The tags of a Content-Language (RFC 3282 §2), in order.</summary>
/// <param name="encoded">What <see cref="Headers.LanguageListParser"/> made. Any bytes are safe.</param>
public readonly ref struct LanguageListView(ReadOnlySpan<byte> encoded)
{
    private readonly ReadOnlySpan<byte> _encoded = encoded;

    /// <summary>How many tags there are; 0 is written as NIL. O(n).</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>Walks the tags.</summary>
    public Enumerator GetEnumerator() => new(_encoded);

    /// <summary>Walks the tags; ends at the first broken byte.</summary>
    public ref struct Enumerator
    {
        private MetaReader _reader;

        internal Enumerator(ReadOnlySpan<byte> encoded) => _reader = new MetaReader(encoded);

        /// <summary>The tag under the enumerator.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Goes to the next tag.</summary>
        public bool MoveNext()
        {
            if (_reader.AtEnd)
            {
                return false;
            }

            Current = _reader.Bytes();
            return !_reader.Failed;
        }
    }
}
