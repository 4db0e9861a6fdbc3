namespace Martlet.Server.Imap;

/// <summary>What a client has turned on, with ENABLE or by using it; stays on until the connection ends or UNAUTHENTICATE.</summary>
[Flags]
internal enum ImapFeatures
{
    /// <summary>IMAP4rev1 as in RFC 3501.</summary>
    None = 0,

    /// <summary>UTF-8 in strings and mailbox names (RFC 6855); IMAP4rev2 brings it.</summary>
    Utf8 = 1,

    /// <summary>The answers of RFC 9051 where it differs from RFC 3501.</summary>
    Rev2 = 1 << 1,

    /// <summary>MODSEQ in replies (RFC 7162 §3.1); also turned on by any command that uses it.</summary>
    CondStore = 1 << 2,

    /// <summary>VANISHED instead of EXPUNGE (RFC 7162 §3.2); brings CONDSTORE.</summary>
    QResync = 1 << 3,

    /// <summary>No sequence numbers any more (RFC 9586).</summary>
    UidOnly = 1 << 4,

    /// <summary>Changes of annotations are told without being asked (RFC 5464 §4.1).</summary>
    Metadata = 1 << 5,
}
