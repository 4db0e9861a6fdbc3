using System.Text;

namespace Martlet.Messages.Mime;

/// <summary>One parameter as sent: an RFC 2231 name keeps its asterisks, the value its percent signs; quotes and escapes are removed.</summary>
public readonly ref struct ParameterView
{
    internal ParameterView(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The attribute in the case it was sent in. Never empty when it comes from the scanner.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value, perhaps empty.</summary>
    public ReadOnlySpan<byte> Value { get; }
}

/// <summary>The parameters of a Content-Type or Content-Disposition (RFC 2045 §5.1), in order, duplicates included.</summary>
/// <param name="encoded">What <see cref="Headers.ContentTypeParser"/> made. Any bytes are safe.</param>
public readonly ref struct ParameterListView(ReadOnlySpan<byte> encoded)
{
    private readonly ReadOnlySpan<byte> _encoded = encoded;

    /// <summary>How many parameters there are; 0 is written as NIL. O(n).</summary>
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

    /// <summary>Finds the first parameter of a name, which is compared without case.</summary>
    /// <returns>Its value, or absent. RFC 2231 pieces (<c>name*0</c>) are other names.</returns>
    public OptionalBytes Find(ReadOnlySpan<byte> name)
    {
        foreach (var parameter in this)
        {
            if (Ascii.EqualsIgnoreCase(parameter.Name, name))
            {
                return new OptionalBytes(parameter.Value);
            }
        }

        return default;
    }

    /// <summary>Walks the parameters.</summary>
    public Enumerator GetEnumerator() => new(_encoded);

    /// <summary>Walks the parameters; ends at the first broken byte.</summary>
    public ref struct Enumerator
    {
        private MetaReader _reader;

        internal Enumerator(ReadOnlySpan<byte> encoded) => _reader = new MetaReader(encoded);

        /// <summary>The parameter under the enumerator.</summary>
        public ParameterView Current { get; private set; }

        /// <summary>Goes to the next parameter.</summary>
        public bool MoveNext()
        {
            if (_reader.AtEnd)
            {
                return false;
            }

            var name = _reader.Bytes();
            var value = _reader.Bytes();
            Current = new ParameterView(name, value);
            return !_reader.Failed;
        }
    }
}

/// <summary>A Content-Disposition (RFC 2183 §2).</summary>
public readonly ref struct DispositionView
{
    private readonly ReadOnlySpan<byte> _parameters;

    internal DispositionView(OptionalBytes encoded)
    {
        IsPresent = encoded.IsPresent;
        var reader = new MetaReader(encoded.Value);
        Type = reader.AtEnd ? default : reader.Bytes();
        _parameters = reader.Rest;
    }

    /// <summary>Whether the part has the field, be it empty or malformed.</summary>
    public bool IsPresent { get; }

    /// <summary>The disposition type as sent, such as <c>attachment</c>; empty when the field has none.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>The parameters, such as <c>filename</c>.</summary>
    public ParameterListView Parameters => new(_parameters);
}
