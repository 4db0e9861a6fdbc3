namespace Martlet.Messages.Mime;

/// <summary>The result of a scan: the part tree of one message. Immutable; holds no bytes of the message but header values.</summary>
public sealed class MessageStructure
{
    private readonly PartNode _root;
    private readonly byte[] _preview;
    private readonly byte[]? _references;

    internal MessageStructure(PartNode root, int partCount, bool hasAttachment, byte[] preview, byte[]? references)
    {
        _root = root;
        _preview = preview;
        _references = references;
        PartCount = partCount;
        HasAttachment = hasAttachment;
    }

    /// <summary>How many bytes were scanned.</summary>
    public long TotalBytes => _root.End;

    /// <summary>How many of them are the header of the message, its empty line included.</summary>
    public long HeaderBytes => _root.BodyBegin;

    /// <summary>How many parts there are, the root and the roots of nested messages included; at least 1.</summary>
    public int PartCount { get; }

    /// <summary>
    /// Whether a part calls itself an attachment, or is neither text, nor shown inside the text (inline or with a Content-ID), nor a signature. Inside
    /// nested messages nobody looks: the nested message is the attachment.
    /// </summary>
    public bool HasAttachment { get; }

    /// <summary>The References field of the message, unfolded, for threading; cut at <see cref="MimeLimits.ValueBytesMax"/>.</summary>
    public OptionalBytes References => _references is null ? default : new OptionalBytes(_references);

    /// <summary>The Message-ID field of the message as it is in its envelope, with its angle brackets.</summary>
    public OptionalBytes MessageId => new FieldsView(_root.Fields)[MetaTag.MessageId];

    /// <summary>Writes the form that <see cref="MessageMeta"/> reads.</summary>
    /// <param name="shift">
    /// How many bytes of trace fields (Return-Path, Received, Delivered-To) will stand before the scanned bytes in what is stored, at least 0. They join the
    /// header of the root, every other offset moves.
    /// </param>
    public byte[] Encode(int shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shift);
        var record = _root.Measure(shift);
        var output = new MetaWriter(checked((int)record + _preview.Length + 24));
        output.Byte(MetaCodec.Version);
        output.Byte(HasAttachment ? MetaCodec.HasAttachmentFlag : (byte)0);
        output.Bytes(_preview);
        _root.Write(output, shift);
        return output.Written.ToArray();
    }
}
