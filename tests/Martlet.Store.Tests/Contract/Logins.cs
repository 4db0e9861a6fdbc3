using Martlet.Store.Model;

namespace Martlet.Store.Tests.Contract;

/// <summary>Entries of the history of logins to test with.</summary>
internal static class Logins
{
    public static LoginEntry Of(AccountId account, TimeProvider time) => new()
    {
        Account = account,
        Address = "anna@example.org",
        Remote = "192.0.2.1",
        Mechanism = "PLAIN",
        Protocol = "imap",
        Tls = "TLS1.3",
        PublicKey = "",
        Client = "Mailbird 1.2",
        Outcome = "ok",
        IsSuccess = true,
        First = time.GetUtcNow(),
        Last = time.GetUtcNow(),
    };

    public static LoginEntry Failed(AccountId account, TimeProvider time) => Of(account, time) with { Outcome = "badcreds", IsSuccess = false };
}
