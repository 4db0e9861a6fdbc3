using Martlet.Store;

namespace Martlet.Server.Accounts;

/// <summary>
/// Lets administrators in, by password or by a token for programs. They are no accounts and have no mail, but what fails is counted and written down with all other
/// logins, and names that nobody has get the same answer in the same time.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class AdministratorGate(MailStore store, PasswordHasher passwords, Authenticator logins)
{
    /// <summary>Name of the protocol in log and history.</summary>
    public const string Protocol = "admin";

    /// <summary>In log and history, where a password has its mechanism.</summary>
    public const string TokenMechanism = "TOKEN";

    // An address cannot look like this: guesses for an administrator do not lock out a user, nor the other way round.
    private const string CountedAs = "administrator ";

    /// <summary>Checks name and password.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="context">The request.</param>
    /// <param name="mechanism">For log and history.</param>
    /// <param name="cancel">Ends the wait: the connection is closing.</param>
    public async Task<AdministratorLogin> ByPasswordAsync(string name, string password, LoginContext context, string mechanism, CancellationToken cancel)
    {
        var key = name.ToLowerInvariant();
        using var attempt = logins.BeginAdministrator(context, mechanism, name, CountedAs + key);
        if (attempt.IsRefused)
        {
            return await FailAsync(attempt, LoginOutcome.Throttled, cancel);
        }

        bool? isRight;
        var before = Find(key);
        try
        {
            isRight = await passwords.VerifyAsync(password, before?.PasswordHash, cancel);
        }
        catch (OperationCanceledException)
        {
            // The connection ended before there was an answer.
            attempt.Login!.Abandon();
            logins.Record(attempt, LoginOutcome.Cancelled);
            throw;
        }

        if (isRight is null)
        {
            attempt.Login!.Abandon();
            return await FailAsync(attempt, LoginOutcome.Throttled, cancel);
        }

        // As it is now: it may have changed while it was verified.
        if (isRight is false || Find(key) is not { } administrator || administrator.PasswordNumber != before!.PasswordNumber)
        {
            return await FailAsync(attempt, LoginOutcome.BadCredentials, cancel);
        }

        attempt.Login!.Succeed();
        logins.Record(attempt, LoginOutcome.Ok);
        return new AdministratorLogin(administrator, LoginRefusal.None);
    }

    /// <summary>Checks a token. Nobody guesses those, so that a network with failures is no reason to refuse who has one.</summary>
    /// <param name="token">As it was sent; empty for none.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<AdministratorLogin> ByTokenAsync(string token, LoginContext context, CancellationToken cancel)
    {
        var found = store.Directory.Current.Tokens.GetValueOrDefault(TokenHash.Of(token));
        var isHeld = found is not null && (found.Expires is not { } expires || logins.Time.GetUtcNow().ToUnixTimeSeconds() < expires);
        using var attempt = logins.BeginAdministrator(context, TokenMechanism, found?.Administrator ?? "", countedAs: "");
        if (isHeld && Find(found!.Administrator) is { } administrator)
        {
            attempt.Login?.Abandon();
            logins.Record(attempt, LoginOutcome.Ok);
            return new AdministratorLogin(administrator, LoginRefusal.None);
        }

        return await FailAsync(attempt, attempt.IsRefused ? LoginOutcome.Throttled : LoginOutcome.BadCredentials, cancel);
    }

    private Store.Model.Administrator? Find(string key) => store.Directory.Current.Administrators.GetValueOrDefault(key);

    private async Task<AdministratorLogin> FailAsync(LoginAttemptState attempt, LoginOutcome outcome, CancellationToken cancel) =>
        new(Administrator: null, (await logins.FailAsync(attempt, outcome, cancel)).Refusal);
}
