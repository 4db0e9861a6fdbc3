namespace Martlet.Messages.Mime;

/// <summary>
/// What one message may cost to scan. Beyond a limit the structure becomes coarser, it never fails: the bytes of the message are kept by others
/// and are not touched. All sizes are bytes.
/// </summary>
/// <remarks>Immutable; one instance is shared by all scanners.</remarks>
public sealed record MimeLimits
{
    /// <summary>The defaults, which hold the ordinary and much of the strange.</summary>
    public static MimeLimits Default { get; } = new();

    /// <summary>How deep multiparts and nested messages go, 1 to <see cref="MetaCodec.DepthMax"/>; the root counts as 1. Deeper ones are leaves.</summary>
    public int DepthMax { get; init => field = InRange(value, 1, MetaCodec.DepthMax, nameof(DepthMax)); } = 100;

    /// <summary>How many parts there are in all, roots of nested messages included; at least 1. The rest of the message belongs to the last one.</summary>
    public int PartsMax { get; init => field = InRange(value, 1, 1_000_000, nameof(PartsMax)); } = 10_000;

    /// <summary>How much of the header of the message is looked at. The field that crosses the limit and those after it are counted, not read.</summary>
    public int RootHeaderBytesMax { get; init => field = InRange(value, 0, 64 << 20, nameof(RootHeaderBytesMax)); } = 1 << 20;

    /// <summary>The same for the header of each body part and nested message.</summary>
    public int PartHeaderBytesMax { get; init => field = InRange(value, 0, 64 << 20, nameof(PartHeaderBytesMax)); } = 64 << 10;

    /// <summary>How many fields of one header are looked at. RFC 5322 sets no limit.</summary>
    public int HeaderFieldsMax { get; init => field = InRange(value, 0, 1_000_000, nameof(HeaderFieldsMax)); } = 10_000;

    /// <summary>Longest boundary that is usable. RFC 2046 §5.1.1 allows 70; a multipart with a longer one than this is a text/plain leaf.</summary>
    public int BoundaryBytesMax { get; init => field = InRange(value, 70, 900, nameof(BoundaryBytesMax)); } = 250;

    /// <summary>How many parameters of a Content-Type or Content-Disposition are kept. Those after are dropped.</summary>
    public int ParametersMax { get; init => field = InRange(value, 1, 100_000, nameof(ParametersMax)); } = 100;

    /// <summary>How many addresses of one field are kept, group starts and ends included. Those after are dropped.</summary>
    public int AddressesMax { get; init => field = InRange(value, 0, 1_000_000, nameof(AddressesMax)); } = 10_000;

    /// <summary>How many languages of a Content-Language are kept. Those after are dropped.</summary>
    public int LanguagesMax { get; init => field = InRange(value, 0, 100_000, nameof(LanguagesMax)); } = 100;

    /// <summary>How much of one value is kept: a subject, a display name, a parameter. Longer values are cut.</summary>
    public int ValueBytesMax { get; init => field = InRange(value, 1, 64 << 20, nameof(ValueBytesMax)); } = 16 << 10;

    /// <summary>How much is kept of all header values together. Parts after that have their kind, offsets and nothing else.</summary>
    public int MetaBytesMax { get; init => field = InRange(value, 0, 256 << 20, nameof(MetaBytesMax)); } = 4 << 20;

    /// <summary>How much of a text part, still encoded, is looked at to make the preview.</summary>
    public int PreviewBytesMax { get; init => field = InRange(value, 0, 1 << 20, nameof(PreviewBytesMax)); } = 16 << 10;

    /// <summary>How many UTF-16 characters a preview has, at most <see cref="MetaCodec.PreviewCharsMax"/>. RFC 8970 §3.1 allows 256.</summary>
    public int PreviewCharsMax { get; init => field = InRange(value, 0, MetaCodec.PreviewCharsMax, nameof(PreviewCharsMax)); } = 256;

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"From {least} to {most}.");
}
