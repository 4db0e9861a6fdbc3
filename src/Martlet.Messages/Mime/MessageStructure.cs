namespace Martlet.Messages.Mime;

/// <summary>Stub.</summary>
public sealed class MessageStructure
{
    /// <summary>Limits.</summary>
    public required MimeLimits Limits { get; init; }

    /// <summary>Encodes.</summary>
    public byte[] Encode(int shift) => [(byte)(shift + Limits.GetHashCode())];
}
