namespace Martlet.Messages.Mime;

/// <summary>
/// The tagged values of one part. Finding one is a walk over at most twenty tags; those of the structure stand first and ascend, so that what a part has not,
/// which is most of it, is known after a few.
/// </summary>
internal readonly ref struct FieldsView(ReadOnlySpan<byte> encoded)
{
    private readonly ReadOnlySpan<byte> _encoded = encoded;

    /// <summary>Those behind a tag of the structure, for a reader that looks for many of them.</summary>
    public FieldsView After(MetaTag tag)
    {
        var reader = new MetaReader(_encoded);
        while (true)
        {
            var rest = reader.Rest;
            if (reader.AtEnd || (MetaTag)reader.Byte() > tag)
            {
                return new FieldsView(rest);
            }

            reader.Bytes();
        }
    }

    public OptionalBytes this[MetaTag tag]
    {
        get
        {
            var reader = new MetaReader(_encoded);
            while (!reader.AtEnd)
            {
                var found = (MetaTag)reader.Byte();
                if (found > tag && tag <= MetaTag.Languages)
                {
                    break;
                }

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
