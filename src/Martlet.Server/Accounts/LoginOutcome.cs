namespace Martlet.Server.Accounts;

/// <summary>How an attempt to log in ended.</summary>
public enum LoginOutcome
{
    Ok, BadCredentials, BadBinding, Downgrade, Disabled, Throttled, UnknownKey, OtherAccount, Malformed, Cancelled, NeedsTls,
}
