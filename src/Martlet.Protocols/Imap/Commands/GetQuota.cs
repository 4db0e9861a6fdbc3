namespace Martlet.Protocols.Imap.Commands;

/// <summary>GETQUOTA: RFC 9208 §4.1.1.</summary>
/// <param name="Root">Name of the quota root.</param>
public sealed record GetQuotaCommand(string Root)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static GetQuotaCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.AStringText(out var root) && reader.End() ? new GetQuotaCommand(root) : null;
}
