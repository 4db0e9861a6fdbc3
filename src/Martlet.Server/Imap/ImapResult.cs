namespace Martlet.Server.Imap;

/// <summary>How a command ended.</summary>
internal enum ImapStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Understood, but not done.</summary>
    No,

    /// <summary>Not understood, or not allowed in this state.</summary>
    Bad,

    /// <summary>Nothing is to be said: the session is ending or has said it.</summary>
    Silent,
}

/// <summary>The tagged reply of a command: status, response code without brackets, text for people.</summary>
internal readonly record struct ImapResult(ImapStatus Status, string? Code, string Text)
{
    /// <summary>Messages were expunged: the reply names HIGHESTMODSEQ, as it is after they have been told (RFC 7162 §3.2.7).</summary>
    public bool NamesModSeq { get; init; }

    /// <summary>Nothing is to be said.</summary>
    public static readonly ImapResult Silent = new(ImapStatus.Silent, null, "");

    public static ImapResult Ok(string text) => new(ImapStatus.Ok, null, text);

    public static ImapResult Ok(string code, string text) => new(ImapStatus.Ok, code, text);

    public static ImapResult No(string text) => new(ImapStatus.No, null, text);

    public static ImapResult No(string code, string text) => new(ImapStatus.No, code, text);

    public static ImapResult Bad(string text) => new(ImapStatus.Bad, null, text);

    public static ImapResult Bad(string code, string text) => new(ImapStatus.Bad, code, text);
}
