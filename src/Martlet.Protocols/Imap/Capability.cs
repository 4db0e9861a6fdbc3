namespace Martlet.Protocols.Imap;

/// <summary>Names of capabilities, as announced in CAPABILITY and named in ENABLE. Which of them a session announces is the server's table.</summary>
public static class Capability
{
    /// <summary>RFC 9051.</summary>
    public const string Imap4Rev2 = "IMAP4rev2";

    /// <summary>RFC 3501.</summary>
    public const string Imap4Rev1 = "IMAP4rev1";

    /// <summary>Prefix of a SASL mechanism, RFC 9051 §7.2.2.</summary>
    public const string AuthPrefix = "AUTH=";

    /// <summary>RFC 9051 §6.2.3: LOGIN is refused, as before TLS.</summary>
    public const string LoginDisabled = "LOGINDISABLED";

    /// <summary>RFC 9051 §6.2.1.</summary>
    public const string StartTls = "STARTTLS";

    /// <summary>Initial response in AUTHENTICATE, RFC 4959.</summary>
    public const string SaslIr = "SASL-IR";

    /// <summary>RFC 5161.</summary>
    public const string Enable = "ENABLE";

    /// <summary>Non-synchronizing literals of any size, RFC 7888.</summary>
    public const string LiteralPlus = "LITERAL+";

    /// <summary>RFC 2177.</summary>
    public const string Idle = "IDLE";

    /// <summary>RFC 3516.</summary>
    public const string Binary = "BINARY";

    /// <summary>RFC 3691.</summary>
    public const string Unselect = "UNSELECT";

    /// <summary>RFC 4315.</summary>
    public const string UidPlus = "UIDPLUS";

    /// <summary>RFC 4731.</summary>
    public const string ESearch = "ESEARCH";

    /// <summary>The saved search result <c>$</c>, RFC 5182.</summary>
    public const string SearchRes = "SEARCHRES";

    /// <summary>RFC 6851.</summary>
    public const string Move = "MOVE";

    /// <summary>RFC 6855.</summary>
    public const string Utf8Accept = "UTF8=ACCEPT";

    /// <summary>RFC 5258.</summary>
    public const string ListExtended = "LIST-EXTENDED";

    /// <summary>RFC 5819.</summary>
    public const string ListStatus = "LIST-STATUS";

    /// <summary>RFC 3348.</summary>
    public const string Children = "CHILDREN";

    /// <summary>RFC 6154.</summary>
    public const string SpecialUse = "SPECIAL-USE";

    /// <summary>RFC 6154 §3.</summary>
    public const string CreateSpecialUse = "CREATE-SPECIAL-USE";

    /// <summary>RFC 2342.</summary>
    public const string Namespace = "NAMESPACE";

    /// <summary>RFC 2971.</summary>
    public const string Id = "ID";

    /// <summary>RFC 7162 §3.1.</summary>
    public const string CondStore = "CONDSTORE";

    /// <summary>RFC 7162 §3.2.</summary>
    public const string QResync = "QRESYNC";

    /// <summary>RFC 7889; with <c>=</c> and a number of bytes, or without.</summary>
    public const string AppendLimit = "APPENDLIMIT";

    /// <summary>RFC 3502.</summary>
    public const string MultiAppend = "MULTIAPPEND";

    /// <summary>RFC 8438.</summary>
    public const string StatusSize = "STATUS=SIZE";

    /// <summary>RFC 8514.</summary>
    public const string SaveDate = "SAVEDATE";

    /// <summary>OLDER and YOUNGER, RFC 5032.</summary>
    public const string Within = "WITHIN";

    /// <summary>RFC 8970.</summary>
    public const string Preview = "PREVIEW";

    /// <summary>RFC 9208.</summary>
    public const string Quota = "QUOTA";

    /// <summary>RFC 9208 §5.1: storage, in units of 1,024 bytes.</summary>
    public const string QuotaResStorage = "QUOTA=RES-STORAGE";

    /// <summary>RFC 9208 §5.2: number of messages.</summary>
    public const string QuotaResMessage = "QUOTA=RES-MESSAGE";

    /// <summary>RFC 4978.</summary>
    public const string CompressDeflate = "COMPRESS=DEFLATE";

    /// <summary>RFC 5464.</summary>
    public const string Metadata = "METADATA";

    /// <summary>METADATA as a return option of LIST, RFC 9590.</summary>
    public const string ListMetadata = "LIST-METADATA";

    /// <summary>RFC 5465.</summary>
    public const string Notify = "NOTIFY";

    /// <summary>RFC 8508.</summary>
    public const string Replace = "REPLACE";

    /// <summary>The ESEARCH command, RFC 7377.</summary>
    public const string MultiSearch = "MULTISEARCH";

    /// <summary>RFC 9394.</summary>
    public const string Partial = "PARTIAL";

    /// <summary>RFC 9586.</summary>
    public const string UidOnly = "UIDONLY";

    /// <summary>RFC 9585.</summary>
    public const string InProgress = "INPROGRESS";

    /// <summary>RFC 8437.</summary>
    public const string Unauthenticate = "UNAUTHENTICATE";
}
