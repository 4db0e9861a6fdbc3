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

    /// <summary>
    /// Anything else: later, too often, not allowed, not without TLS; another mechanism would be told the same. Also every error that the server says inside the exchange:
    /// SCRAM's <c>e=server-does-support-channel-binding</c> means that somebody has cut the list (RFC 5802 §7).
    /// </summary>
    Other,
}
