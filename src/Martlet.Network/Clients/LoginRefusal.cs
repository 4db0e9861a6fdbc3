namespace Martlet.Network.Clients;

/// <summary>Why a server did not take a login, as far as its reply says. Each protocol maps its own codes.</summary>
public enum LoginRefusal
{
    /// <summary>
    /// The mechanism cannot be used: not known, not for this account, not now and here. IMAP: BAD, NO without a code, <c>NO [CANNOT]</c>; SMTP: 504, 534.
    /// </summary>
    NotAvailable,

    /// <summary>The name, the password or the key is not right. IMAP: <c>NO [AUTHENTICATIONFAILED]</c>; SMTP: 535.</summary>
    Credentials,

    /// <summary>Anything else: later, too often, not allowed, not without TLS. Another mechanism would be told the same.</summary>
    Other,
}
