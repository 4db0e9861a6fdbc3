namespace Martlet.Store.Engine;

/// <summary>Where the bytes of an email are. Stored as these numbers: never renumber.</summary>
public enum BlobKind
{
    /// <summary>A record in a segment.</summary>
    Segment = 0,

    /// <summary>A file of its own.</summary>
    Large = 1,
}

/// <summary>Place of message bytes.</summary>
/// <param name="Kind">Segment or own file.</param>
/// <param name="File">Number of the segment or file.</param>
/// <param name="Offset">Where the record starts.</param>
/// <param name="Length">Bytes of the message, without the record's header.</param>
public readonly record struct BlobRef(BlobKind Kind, long File, long Offset, long Length);
