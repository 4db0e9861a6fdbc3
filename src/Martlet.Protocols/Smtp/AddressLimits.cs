namespace Martlet.Protocols.Smtp;

/// <summary>Limits for addresses and paths, in UTF-8 bytes.</summary>
public sealed record AddressLimits
{
    /// <summary>The limits used unless an owner says otherwise.</summary>
    public static AddressLimits Default { get; } = new();

    /// <summary>Longest localpart with its quotes. RFC 5321 §4.5.3.1.1 asks for 64; bounce addresses that carry the recipient are longer.</summary>
    public int LocalpartBytesMax
    {
        get;
        init => field = value >= 64 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 64 bytes.");
    } = 128;

    /// <summary>Longest domain as given and as A-labels. RFC 5321 §4.5.3.1.2 asks for 255.</summary>
    public int DomainBytesMax
    {
        get;
        init => field = value >= 255 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 255 bytes.");
    } = 255;

    /// <summary>Longest path with brackets and source route. RFC 5321 §4.5.3.1.3 asks for 256.</summary>
    public int PathBytesMax
    {
        get;
        init => field = value >= 256 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 256 bytes.");
    } = 512;
}
