namespace Martlet.Network.Compression;

/// <summary>Why <see cref="Inflater.Inflate"/> stopped.</summary>
public enum InflateStatus
{
    /// <summary>Everything that the input allows was delivered.</summary>
    NeedInput,

    /// <summary>The output is full and there is more to deliver.</summary>
    NeedOutput,

    /// <summary>Behind an empty stored block, the mark of a sync or full flush: the next byte starts a block, or something that is not compressed.</summary>
    Flushed,

    /// <summary>Behind the final block: nothing more comes, and input from here on is not part of the stream.</summary>
    Ended,

    /// <summary>This is not DEFLATE; the stream cannot be followed any more.</summary>
    Damaged,
}

/// <summary>What one call of <see cref="Inflater.Inflate"/> did.</summary>
/// <param name="Status">Why it stopped.</param>
/// <param name="Consumed">Bytes taken from the input.</param>
/// <param name="Written">Bytes put into the output.</param>
public readonly record struct InflateResult(InflateStatus Status, int Consumed, int Written);
