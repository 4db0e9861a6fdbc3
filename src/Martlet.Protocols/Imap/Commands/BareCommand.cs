namespace Martlet.Protocols.Imap.Commands;

/// <summary>
/// A command without arguments: CAPABILITY, NOOP, LOGOUT, STARTTLS, NAMESPACE, IDLE, CHECK, CLOSE, UNSELECT and EXPUNGE without UID (RFC 9051 §6).
/// </summary>
public sealed record BareCommand
{
    private static readonly BareCommand Instance = new();

    /// <summary>Reads to the end; null if there is anything.</summary>
    public static BareCommand? Read(ref ImapReader reader) => reader.End() ? Instance : null;
}
