namespace Martlet.Messages.Mime;

/// <summary>What is stored about a message besides its bytes. Borrows the encoded bytes, allocates nothing; properties parse on demand.</summary>
/// <remarks>Corrupted bytes never throw and never loop: they give false, or empty values and leaves.</remarks>
public readonly ref struct MessageMeta
{
    private readonly byte _flags;
    private readonly ReadOnlySpan<byte> _root;

    private MessageMeta(byte flags, ReadOnlySpan<byte> preview, ReadOnlySpan<byte> root)
    {
        _flags = flags;
        Preview = preview;
        _root = root;
    }

    /// <summary>Whether a part looks like an attachment to a reader: see <see cref="MessageStructure.HasAttachment"/>.</summary>
    public bool HasAttachment => (_flags & MetaCodec.HasAttachmentFlag) != 0;

    /// <summary>The beginning of the text, UTF-8, at most <see cref="MetaCodec.PreviewCharsMax"/> characters; empty when there is none (RFC 8970).</summary>
    public ReadOnlySpan<byte> Preview { get; }

    /// <summary>The envelope of the message.</summary>
    public EnvelopeView Envelope => Root.OwnEnvelope;

    /// <summary>The root part: its header is the message's, its body is <c>BODY[TEXT]</c>.</summary>
    public PartView Root => new(_root, 0, long.MaxValue, 1);

    /// <summary>Opens what <see cref="MessageStructure.Encode"/> wrote.</summary>
    /// <returns>False for another version, or when the outer lengths do not fit; the inner ones are checked as they are read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out MessageMeta meta)
    {
        var reader = new MetaReader(encoded);
        var version = reader.Byte();
        var flags = reader.Byte();
        var preview = reader.Bytes();
        var root = reader.Bytes();
        var isGood = version == MetaCodec.Version && !reader.Failed && reader.AtEnd && !root.IsEmpty;
        meta = isGood ? new MessageMeta(flags, preview, root) : default;
        return isGood;
    }
}
