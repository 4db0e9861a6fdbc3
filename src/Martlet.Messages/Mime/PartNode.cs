namespace Martlet.Messages.Mime;

/// <summary>A part while and after it is scanned. Offsets are relative to the first scanned byte.</summary>
internal sealed class PartNode(PartNode? parent, long headerBegin, bool isDigestChild)
{
    public PartNode? Parent { get; } = parent;

    /// <summary>Whether the part is a message when it does not say what it is (RFC 2046 §5.1.5).</summary>
    public bool IsDigestChild { get; } = isDigestChild;

    public PartKind Kind { get; set; }

    public Presentation Presentation { get; set; }

    public long HeaderBegin { get; } = headerBegin;

    public long BodyBegin { get; set; }

    public long End { get; set; }

    /// <summary>How many line ends stood before the body; then, after the part is closed, how many are in it.</summary>
    public long Lines { get; set; }

    /// <summary>The tagged values, encoded.</summary>
    public byte[] Fields { get; set; } = [];

    public List<PartNode>? Children { get; private set; }

    /// <summary>Without the two dashes; empty unless <see cref="Kind"/> is multipart.</summary>
    public byte[] Boundary { get; set; } = [];

    public bool IsDigest { get; set; }

    public bool IsAttachment { get; set; }

    /// <summary>Size of the encoded record without its length, filled in by <see cref="Measure"/>.</summary>
    public long RecordBytes { get; private set; }

    public PartNode AddChild(long headerBegin)
    {
        var child = new PartNode(this, headerBegin, Kind == PartKind.Multipart && IsDigest);
        (Children ??= []).Add(child);
        return child;
    }

    /// <summary>Computes the sizes of the records bottom up. The depth is bounded by <see cref="MetaCodec.DepthMax"/>.</summary>
    public long Measure(int shift)
    {
        RecordBytes = 1 + MetaWriter.SizeOfNumber(Gap) + MetaWriter.SizeOfNumber(BodyBegin - HeaderBegin + shift) + MetaWriter.SizeOfNumber(End - BodyBegin)
            + MetaWriter.SizeOfNumber(Lines) + MetaWriter.SizeOfNumber(Fields.Length) + Fields.Length;
        foreach (var child in Children ?? [])
        {
            var record = child.Measure(0);
            RecordBytes += MetaWriter.SizeOfNumber(record) + record;
        }

        return RecordBytes;
    }

    public void Write(MetaWriter output, int shift)
    {
        output.Number(RecordBytes);
        output.Byte((byte)((int)Kind | (int)Presentation << MetaCodec.PresentationShift));
        output.Number(Gap);
        output.Number(BodyBegin - HeaderBegin + shift);
        output.Number(End - BodyBegin);
        output.Number(Lines);
        output.Bytes(Fields);
        foreach (var child in Children ?? [])
        {
            child.Write(output, 0);
        }
    }

    private long Gap => HeaderBegin - (Parent?.BodyBegin ?? HeaderBegin);
}
