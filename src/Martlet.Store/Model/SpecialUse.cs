namespace Martlet.Store.Model;

/// <summary>What a mailbox is for (RFC 6154, RFC 8457). One mailbox an account has each use. Stored as these numbers: never renumber.</summary>
public enum SpecialUse
{
    /// <summary>An ordinary mailbox.</summary>
    None = 0,

    /// <summary>\Archive.</summary>
    Archive = 1,

    /// <summary>\Drafts.</summary>
    Drafts = 2,

    /// <summary>\Junk.</summary>
    Junk = 3,

    /// <summary>\Sent.</summary>
    Sent = 4,

    /// <summary>\Trash.</summary>
    Trash = 5,
}
