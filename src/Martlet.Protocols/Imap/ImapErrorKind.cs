namespace Martlet.Protocols.Imap;

/// <summary>Why a command was refused while it was read, so that the session can choose the reply.</summary>
public enum ImapErrorKind
{
    /// <summary>Not the grammar: <c>BAD</c>.</summary>
    Syntax,

    /// <summary>More than <see cref="ImapLimits"/> allows: <c>BAD [LIMIT]</c> (RFC 9051 §7.1).</summary>
    Limit,
}
