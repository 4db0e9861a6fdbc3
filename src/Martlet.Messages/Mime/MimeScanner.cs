namespace Martlet.Messages.Mime;

/// <summary>Stub until the branch with the scanner is merged.</summary>
public sealed class MimeScanner(MimeLimits limits)
{
    /// <summary>Limits.</summary>
    public MimeLimits Limits => limits;

    /// <summary>Feeds.</summary>
    public void Feed(ReadOnlySpan<byte> bytes) => Total += bytes.Length;

    /// <summary>Total.</summary>
    public long Total { get; private set; }

    /// <summary>Finishes.</summary>
    public MessageStructure Finish() => new() { Limits = limits };
}
