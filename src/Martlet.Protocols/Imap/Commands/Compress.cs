namespace Martlet.Protocols.Imap.Commands;

/// <summary>COMPRESS: RFC 4978 §3.</summary>
/// <param name="IsDeflate">The algorithm is DEFLATE, the only one there is.</param>
public sealed record CompressCommand(bool IsDeflate)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static CompressCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Atom(out var algorithm) && reader.End()
            ? new CompressCommand(System.Text.Ascii.EqualsIgnoreCase(algorithm, "DEFLATE"u8))
            : null;
}
