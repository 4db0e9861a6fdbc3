namespace Martlet.Protocols.Imap;

/// <summary>Names of response codes: the word in brackets of a status response (RFC 9051 §7.1, RFC 5530 and the extensions named).</summary>
public static class ResponseCode
{
    /// <summary>The user must see the text.</summary>
    public const string Alert = "ALERT";

    /// <summary>A mailbox of that name exists.</summary>
    public const string AlreadyExists = "ALREADYEXISTS";

    /// <summary>UIDVALIDITY and UIDs of appended messages, RFC 4315 §3.</summary>
    public const string AppendUid = "APPENDUID";

    /// <summary>Wrong name or password.</summary>
    public const string AuthenticationFailed = "AUTHENTICATIONFAILED";

    /// <summary>The name may not act for that account.</summary>
    public const string AuthorizationFailed = "AUTHORIZATIONFAILED";

    /// <summary>Events that NOTIFY does not know; the known ones follow, RFC 5465 §5.</summary>
    public const string BadEvent = "BADEVENT";

    /// <summary>SEARCH charset not known; the known ones follow.</summary>
    public const string BadCharset = "BADCHARSET";

    /// <summary>The operation can never succeed, as a name that is not allowed.</summary>
    public const string Cannot = "CANNOT";

    /// <summary>The capabilities follow.</summary>
    public const string Capability = "CAPABILITY";

    /// <summary>The client did something it must not.</summary>
    public const string ClientBug = "CLIENTBUG";

    /// <summary>The former mailbox is no longer selected, RFC 7162 §3.2.11.</summary>
    public const string Closed = "CLOSED";

    /// <summary>Compression is on already, RFC 4978 §3.</summary>
    public const string CompressionActive = "COMPRESSIONACTIVE";

    /// <summary>The operator must be asked.</summary>
    public const string ContactAdmin = "CONTACTADMIN";

    /// <summary>UIDVALIDITY, old and new UIDs, RFC 4315 §3.</summary>
    public const string CopyUid = "COPYUID";

    /// <summary>Stored data is damaged.</summary>
    public const string Corruption = "CORRUPTION";

    /// <summary>The password has expired.</summary>
    public const string Expired = "EXPIRED";

    /// <summary>Some messages were expunged by others.</summary>
    public const string ExpungeIssued = "EXPUNGEISSUED";

    /// <summary>The mailbox has children.</summary>
    public const string HasChildren = "HASCHILDREN";

    /// <summary>The mailbox's highest modification sequence, RFC 7162 §3.1.2.1.</summary>
    public const string HighestModSeq = "HIGHESTMODSEQ";

    /// <summary>How far a long command is, RFC 9585 §4.</summary>
    public const string InProgress = "INPROGRESS";

    /// <summary>Someone else uses the resource exclusively.</summary>
    public const string InUse = "INUSE";

    /// <summary>A limit of ours was exceeded.</summary>
    public const string Limit = "LIMIT";

    /// <summary>A limit of annotations, RFC 5464 §4.2.1 and §4.3; which one follows.</summary>
    public const string Metadata = "METADATA";

    /// <summary>Messages that failed UNCHANGEDSINCE, RFC 7162 §3.1.3.</summary>
    public const string Modified = "MODIFIED";

    /// <summary>No such mailbox.</summary>
    public const string NonExistent = "NONEXISTENT";

    /// <summary>The mailbox keeps no modification sequences, RFC 7162 §3.1.2.2.</summary>
    public const string NoModSeq = "NOMODSEQ";

    /// <summary>The account may not do this.</summary>
    public const string NoPerm = "NOPERM";

    /// <summary>There is too much to notify of; it is off now, RFC 5465 §5.8.</summary>
    public const string NotificationOverflow = "NOTIFICATIONOVERFLOW";

    /// <summary>The result was too big to save, RFC 5182 §2.1.</summary>
    public const string NotSaved = "NOTSAVED";

    /// <summary>The quota does not allow it.</summary>
    public const string OverQuota = "OVERQUOTA";

    /// <summary>A message could not be parsed.</summary>
    public const string Parse = "PARSE";

    /// <summary>Flags that can be changed for good.</summary>
    public const string PermanentFlags = "PERMANENTFLAGS";

    /// <summary>TLS is needed first.</summary>
    public const string PrivacyRequired = "PRIVACYREQUIRED";

    /// <summary>The mailbox was opened for reading.</summary>
    public const string ReadOnly = "READ-ONLY";

    /// <summary>The mailbox was opened for reading and writing.</summary>
    public const string ReadWrite = "READ-WRITE";

    /// <summary>We have a bug.</summary>
    public const string ServerBug = "SERVERBUG";

    /// <summary>A literal or message is larger than accepted, RFC 7888 §4, RFC 4469 §4.2.</summary>
    public const string TooBig = "TOOBIG";

    /// <summary>The destination does not exist; CREATE would help.</summary>
    public const string TryCreate = "TRYCREATE";

    /// <summary>The next UID.</summary>
    public const string UidNext = "UIDNEXT";

    /// <summary>The mailbox does not keep UIDs, RFC 4315 §3.</summary>
    public const string UidNotSticky = "UIDNOTSTICKY";

    /// <summary>The client has turned sequence numbers off, RFC 9586 §3.</summary>
    public const string UidRequired = "UIDREQUIRED";

    /// <summary>The mailbox's UIDVALIDITY.</summary>
    public const string UidValidity = "UIDVALIDITY";

    /// <summary>A backend is down for now.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>A content-transfer-encoding we cannot decode, RFC 3516 §4.3.</summary>
    public const string UnknownCte = "UNKNOWN-CTE";

    /// <summary>First unseen message, RFC 3501 §7.1; for clients without IMAP4rev2.</summary>
    public const string Unseen = "UNSEEN";

    /// <summary>A special-use attribute we do not offer, RFC 6154 §3.</summary>
    public const string UseAttr = "USEATTR";
}
