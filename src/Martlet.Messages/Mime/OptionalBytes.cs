namespace Martlet.Messages.Mime;

/// <summary>Bytes that may be absent, which is not the same as empty: IMAP writes NIL for the one and "" for the other (RFC 9051 §7.5.2).</summary>
/// <remarks>A value read from a header never contains CR, LF or NUL; other bytes are as they were sent, encoded-words and 8-bit included.</remarks>
public readonly ref struct OptionalBytes
{
    /// <summary>Present bytes, perhaps none. <c>default</c> is absent.</summary>
    /// <param name="value">Owned by the caller, as everything in the views.</param>
    public OptionalBytes(ReadOnlySpan<byte> value)
    {
        Value = value;
        IsPresent = true;
    }

    /// <summary>Whether there is a value, be it empty.</summary>
    public bool IsPresent { get; }

    /// <summary>The value; empty when absent.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
