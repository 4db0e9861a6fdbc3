namespace Martlet.Protocols.Imap;

/// <summary>Why a command was refused while it was read, so that the session can choose the reply.</summary>
public enum ImapErrorKind
{
    /// <summary>Not the grammar: <c>BAD</c>.</summary>
    Syntax,

    /// <summary>More than <see cref="ImapLimits"/> allows: <c>BAD [LIMIT]</c> (RFC 9051 §7.1).</summary>
    Limit,

    /// <summary>A SEARCH charset other than US-ASCII and UTF-8: <c>NO [BADCHARSET (US-ASCII UTF-8)]</c> (RFC 9051 §6.4.4).</summary>
    Charset,
}
