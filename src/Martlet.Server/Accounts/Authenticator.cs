using System.Security.Cryptography;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Precis;
using Martlet.Protocols.Smtp;
using Martlet.Store;
using Martlet.Store.Directory;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Accounts;

/// <summary>What the installation decides about logins.</summary>
public sealed record AuthenticatorOptions
{
    /// <summary>Our name, in CRAM-MD5 challenges.</summary>
    public string Hostname { get; init; } = "localhost";

    /// <summary>Whether CRAM-MD5 is offered.</summary>
    public bool OffersCramMd5 { get; init; }

    /// <summary>How much failing is let through.</summary>
    public LoginThrottleLimits Throttle { get; init; } = new();

    /// <summary>Stands in for accounts that do not exist; its key must outlive the process. A key of its own unless set.</summary>
    public SaslDecoy Decoy { get; init; } = new(RandomNumberGenerator.GetBytes(SaslDecoy.KeyBytesMin), Authenticator.Normalize);
}

/// <summary>
/// The one place where a password, a proof of one, or a client key becomes an account, for every protocol. It answers unknown addresses and wrong passwords alike,
/// in words and in time, slows repeated failures down and records each attempt.
/// </summary>
/// <remarks>Thread safe. It must never tell a peer whether an address exists.</remarks>
public sealed partial class Authenticator(
    MailStore store, PasswordEncoder passwords, LoginJournal journal, TimeProvider time, ILogger logger, AuthenticatorOptions? options = null)
{
    /// <summary>Failed logins after which a connection ends.</summary>
    public const int FailuresPerConnectionMax = 10;

    /// <summary>Failed logins of one connection that are answered at once.</summary>
    public const int FailuresWithoutDelay = 3;

    /// <summary>How long the answer to later failures is held back.</summary>
    public static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(1);

    /// <summary>In the log, where other logins have a mechanism: the connection's key alone was enough.</summary>
    private const string KeyAlone = "KEY";

    private readonly RecentLogins _recent = new(time);
    private readonly LoginThrottle _throttle = new((options ?? new AuthenticatorOptions()).Throttle, time);

    /// <summary>What the installation decides.</summary>
    internal AuthenticatorOptions Options { get; } = options ?? new AuthenticatorOptions();

    /// <summary>Connections that are logged in now.</summary>
    public OpenLogins Open { get; } = new(time);

    /// <summary>Clock.</summary>
    internal TimeProvider Time => time;

    /// <summary>Who is here.</summary>
    internal AccountDirectory Directory => store.Directory;

    /// <summary>How a login name is compared: the normalized address; of what is no address, its prepared form (RFC 8265 §3.3).</summary>
    public static string Normalize(string name) =>
        EmailAddress.TryParse(name, out var address) ? address.Normalized
        : !UsernameCaseMapped.TryEnforce(name, out var prepared) ? name
        : EmailAddress.TryParse(prepared, out address) ? address.Normalized
        : prepared;

    /// <summary>Checks a password.</summary>
    /// <param name="address">Address of the account, as the client gave it.</param>
    /// <param name="password">As the client gave it.</param>
    /// <param name="context">The connection; its failures are counted here.</param>
    /// <param name="mechanism">For the log: PLAIN, LOGIN.</param>
    /// <param name="authorizationId">Whom the client wants to act for: empty, or an address of the same account.</param>
    /// <param name="cancel">Ends the wait: the connection is closing.</param>
    public async Task<LoginResult> LoginAsync(
        string address, string password, LoginContext context, string mechanism = "LOGIN", string authorizationId = "", CancellationToken cancel = default)
    {
        using var attempt = Begin(context, mechanism, address);
        if (attempt.IsRefused)
        {
            return await FailAsync(attempt, LoginOutcome.Throttled, cancel);
        }

        switch (await VerifyAsync(attempt, password, cancel))
        {
            case true:
                return await ProvedAsync(attempt, authorizationId, cancel);
            case false:
                return await FailAsync(attempt, LoginOutcome.BadCredentials, cancel);
            case null:
                attempt.Login!.Abandon();
                return await FailAsync(attempt, LoginOutcome.Throttled, cancel);
        }
    }

    /// <summary>The account's key that the client has shown; null when it has shown none, or one that logs in nobody.</summary>
    internal LoginKey? FindKey(LoginContext context) => context.Key is { } key ? LoginGrant.KeyOf(store.Directory, key.Fingerprint) : null;

    /// <summary>Notes that a client has shown a key that nobody has, or one that is too weak: the connection goes on as one without, and whoever tries out keys is noticed.</summary>
    public void NoteKey(LoginContext context)
    {
        if (context.Tls?.ClientKey is not null && FindKey(context) is null)
        {
            using var attempt = Begin(context, KeyAlone, "");
            Record(attempt, LoginOutcome.UnknownKey);
        }
    }

    /// <summary>Logs in by the connection's key alone: IMAP's PREAUTH, and submission without AUTH.</summary>
    public Task<LoginResult> ByKeyAsync(LoginContext context, CancellationToken cancel) => ExternalAsync(context, authorizationId: "", KeyAlone, cancel);

    /// <summary>Logs in by the connection's key, for EXTERNAL.</summary>
    /// <param name="context">The connection.</param>
    /// <param name="authorizationId">Empty, or an address of the key's account.</param>
    /// <param name="mechanism">For the log.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<LoginResult> ExternalAsync(LoginContext context, string authorizationId, string mechanism, CancellationToken cancel)
    {
        // Nobody guesses keys: no throttle by name, and a network with failures is no reason to refuse who has one.
        var key = FindKey(context);
        using var attempt = new LoginAttemptState(
            context, mechanism, authorizationId.Length > 0 ? authorizationId : key?.Address ?? "", Name: "", key is null ? null : store.Directory.Find(key.Account),
            _throttle.Begin(context.Remote, "").Login);
        return attempt.Entry is null
            ? await FailAsync(attempt, LoginOutcome.BadCredentials, cancel)
            : await FinishAsync(attempt, authorizationId.Length > 0 ? authorizationId : key!.Address, passwordNumber: null, key!.Fingerprint, cancel);
    }

    /// <summary>Begins an attempt, before anything is verified.</summary>
    internal LoginAttemptState Begin(LoginContext context, string mechanism, string address)
    {
        var name = Normalize(address);
        var login = context.IsExhausted ? null : _throttle.Begin(context.Remote, name).Login;
        return new LoginAttemptState(context, mechanism, address, name, store.Directory.FindAddress(AddressKey.OfLogin(address, store.Directory)), login);
    }

    /// <summary>Begins an attempt of an administrator, who has no account.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mechanism">For the log.</param>
    /// <param name="name">For the log.</param>
    /// <param name="countedAs">Name that failures count for; empty to count by network alone.</param>
    internal LoginAttemptState BeginAdministrator(LoginContext context, string mechanism, string name, string countedAs) =>
        new(context, mechanism, name, countedAs, Entry: null, _throttle.Begin(context.Remote, countedAs).Login);

    /// <summary>The mechanism has proved that the client knows the account's password.</summary>
    internal Task<LoginResult> ProvedAsync(LoginAttemptState attempt, string authorizationId, CancellationToken cancel) =>
        FinishAsync(attempt, authorizationId.Length > 0 ? authorizationId : attempt.Address, attempt.Entry!.Access.PasswordNumber, key: null, cancel);

    /// <summary>The attempt has failed. Later failures of a connection take longer.</summary>
    internal async Task<LoginResult> FailAsync(LoginAttemptState attempt, LoginOutcome outcome, CancellationToken cancel)
    {
        var isExhausted = attempt.Context.IsExhausted;
        Record(attempt, outcome);
        if (++attempt.Context.Failures > FailuresWithoutDelay && !isExhausted)
        {
            await Task.Delay(FailureDelay, time, cancel);
        }

        return isExhausted ? new LoginResult(Grant: null, LoginRefusal.TooManyFailures) : outcome switch
        {
            LoginOutcome.Throttled => new LoginResult(Grant: null, LoginRefusal.Throttled),
            LoginOutcome.OtherAccount => new LoginResult(Grant: null, LoginRefusal.OtherAccount),
            LoginOutcome.Disabled => new LoginResult(Grant: null, LoginRefusal.Disabled, store.Directory.Find(attempt.Entry!.Id)?.Access.DisabledText ?? ""),
            _ => new LoginResult(Grant: null, LoginRefusal.BadCredentials),
        };
    }

    /// <summary>A client wants to log in in the clear, which nobody may: recorded, and counted for the connection.</summary>
    internal Task<LoginResult> RefuseInTheClearAsync(LoginContext context, string mechanism, CancellationToken cancel) =>
        FailAsync(new LoginAttemptState(context, mechanism, Address: "", Name: "", Entry: null, Login: null), LoginOutcome.NeedsTls, cancel);

    // Who it is is known; whether that one may in, as whom it wants to.
    private async Task<LoginResult> FinishAsync(LoginAttemptState attempt, string wanted, int? passwordNumber, string? key, CancellationToken cancel)
    {
        var (context, id) = (attempt.Context, attempt.Entry!.Id);
        var address = AddressKey.OfLogin(wanted, store.Directory);
        if (store.Directory.FindAddress(address)?.Id != id || (FindKey(context) is { } shown && shown.Account != id))
        {
            return await FailAsync(attempt, LoginOutcome.OtherAccount, cancel);
        }

        // As it is now: it may have changed while the proof was under way.
        var entry = store.Directory.Find(id);
        if (entry is null || store.OpenAccount(id) is not { } account || (passwordNumber is not null && passwordNumber != entry.Access.PasswordNumber))
        {
            return await FailAsync(attempt, LoginOutcome.BadCredentials, cancel);
        }

        if (entry.Access.IsDisabled)
        {
            attempt.Login?.Abandon();
            return await FailAsync(attempt, LoginOutcome.Disabled, cancel);
        }

        if (attempt.Name.Length > 0)
        {
            // The name that failures count for, whatever address it acts for.
            attempt.Login?.Succeed();
        }
        else
        {
            attempt.Login?.Succeed(address);
        }

        Record(attempt, LoginOutcome.Ok);
        return new LoginResult(new LoginGrant(account, address, passwordNumber, key), LoginRefusal.None);
    }

    // Null: too many wait to be verified already.
    private async Task<bool?> VerifyAsync(LoginAttemptState attempt, string password, CancellationToken cancel)
    {
        var entry = attempt.Entry;
        // Looked up for names that nobody has too: it takes a while that could be measured. No password is remembered for an empty hash.
        if (_recent.Contains(entry?.Id ?? default, entry?.Access.PasswordHash ?? "", password))
        {
            return true;
        }

        bool? isRight;
        try
        {
            isRight = await passwords.Hasher.VerifyAsync(password, entry?.Access.PasswordHash, cancel);
        }
        catch (OperationCanceledException)
        {
            // The connection ended before there was an answer.
            attempt.Login!.Abandon();
            Record(attempt, LoginOutcome.Cancelled);
            throw;
        }

        if (isRight is not true)
        {
            return isRight;
        }

        var stored = await StrengthenAsync(entry!, password, cancel);
        _recent.Add(entry!.Id, stored, password);
        return true;
    }

    // Only now is the password here: what was made with older settings, or before a mechanism was there, is made again.
    private async Task<string> StrengthenAsync(AccountEntry entry, string password, CancellationToken cancel)
    {
        var access = entry.Access;
        if (!passwords.IsStale(access) || await passwords.EncodeAsync(password, cancel) is not { } encoded)
        {
            return access.PasswordHash!;
        }

        try
        {
            var result = await store.RecodePasswordAsync(entry.Id, access.PasswordNumber, encoded.Hash, encoded.Secrets);
            return result.IsDone ? encoded.Hash : access.PasswordHash!;
        }
        catch (StoreException e)
        {
            LogNotStrengthened(logger, entry.Name, e.Message);
            return access.PasswordHash!;
        }
    }

    /// <summary>Logs how an attempt has ended, and keeps it for the account's history.</summary>
    internal void Record(LoginAttemptState attempt, LoginOutcome outcome)
    {
        var context = attempt.Context;
        context.Ticket = journal.Record(new LoginAttempt
        {
            Account = attempt.Entry?.Id,
            AccountName = attempt.Entry?.Name ?? "",
            Address = attempt.Address,
            Mechanism = attempt.Mechanism,
            Protocol = context.Protocol,
            Tls = context.Tls?.Version ?? "",
            Key = context.Tls?.ClientKey?.Fingerprint ?? "",
            Remote = context.Remote,
            Cid = context.Cid,
            Client = context.Client,
            Outcome = outcome,
        });
    }

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "password kept in its old form account={Account} reason={Reason}")]
    private static partial void LogNotStrengthened(ILogger logger, string account, string reason);
}
