namespace Martlet.Server.Accounts;

/// <summary>How an attempt to log in ended. Peers are told less; log and history have the word of <see cref="LoginOutcomes"/>.</summary>
public enum LoginOutcome
{
    /// <summary>Logged in.</summary>
    Ok,

    /// <summary>Unknown address, wrong password, or no password set.</summary>
    BadCredentials,

    /// <summary>The client is bound to another TLS connection than ours (RFC 5929): somebody may sit between.</summary>
    BadBinding,

    /// <summary>The client believes that we offer no channel binding, which we do (RFC 5802 §6): somebody may have taken it out of our list.</summary>
    Downgrade,

    /// <summary>The credentials were right, and logging in is turned off for the account.</summary>
    Disabled,

    /// <summary>Too many failures; nothing was verified.</summary>
    Throttled,

    /// <summary>A client key that no account has.</summary>
    UnknownKey,

    /// <summary>The credentials were right, and of another account than the one asked for or the one of the connection's key.</summary>
    OtherAccount,

    /// <summary>Not in the mechanism's form.</summary>
    Malformed,

    /// <summary>The client broke it off.</summary>
    Cancelled,

    /// <summary>Not without TLS.</summary>
    NeedsTls,
}

/// <summary>The fixed words of the outcomes. Tools match them: they never change.</summary>
public static class LoginOutcomes
{
    /// <summary>What a line says of outcomes behind which an attacker between client and server may be.</summary>
    public const string InTheMiddle = "possible man in the middle";

    private static readonly string[] Words =
        ["ok", "badcreds", "badbinding", "downgrade", "disabled", "throttled", "unknownkey", "otheraccount", "malformed", "cancelled", "needstls"];

    /// <summary>The word of an outcome.</summary>
    public static string Word(this LoginOutcome outcome) => Words[(int)outcome];

    /// <summary>Whether somebody has to look at it: the client's and our view of the connection differ.</summary>
    public static bool IsAlarming(this LoginOutcome outcome) => outcome is LoginOutcome.BadBinding or LoginOutcome.Downgrade;
}
