namespace Martlet.Messages.Mime;

/// <summary>The tagged values of one part. Finding one is a walk over at most twenty tags.</summary>
internal readonly ref struct FieldsView(ReadOnlySpan<byte> encoded)
{
    private readonly ReadOnlySpan<byte> _encoded = encoded;

    public OptionalBytes this[MetaTag tag]
    {
        get
        {
            var reader = new MetaReader(_encoded);
            while (!reader.AtEnd)
            {
                var found = (MetaTag)reader.Byte();
                var value = reader.Bytes();
                if (found == tag && !reader.Failed)
                {
                    return new OptionalBytes(value);
                }
            }

            return default;
        }
    }
}
