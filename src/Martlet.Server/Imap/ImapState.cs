namespace Martlet.Server.Imap;

/// <summary>States of a connection (RFC 9051 §3), as flags so that a command's row can name several.</summary>
[Flags]
internal enum ImapState
{
    NotAuthenticated = 1,
    Authenticated = 2,
    Selected = 4,
    Logout = 8,

    /// <summary>After login, with or without a mailbox.</summary>
    LoggedIn = Authenticated | Selected,

    /// <summary>Any state in which commands are read.</summary>
    Any = NotAuthenticated | Authenticated | Selected,
}

/// <summary>Which untagged data of other sessions' doing may be sent with a command's reply (RFC 9051 §7.5.1).</summary>
internal enum PendingUpdates
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Everything but EXPUNGE: while FETCH, STORE and SEARCH by sequence number are answered, numbers must not move.</summary>
    NoExpunge,

    /// <summary>Nothing: the mailbox is just being opened or closed.</summary>
    None,
}
