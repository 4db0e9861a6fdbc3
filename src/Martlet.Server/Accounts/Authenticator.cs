using System.Net;
using Martlet.Protocols.Smtp;
using Martlet.Store;
using Martlet.Store.Directory;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Accounts;

/// <summary>
/// The one place where a password becomes an account, for every protocol. It answers unknown addresses and wrong passwords alike, in words and in time, slows
/// repeated failures down and writes one log line for each attempt.
/// </summary>
/// <remarks>Thread safe. It must never tell a peer whether an address exists.</remarks>
public sealed partial class Authenticator(MailStore store, PasswordHasher hasher, TimeProvider time, ILogger logger)
{
    /// <summary>Failed logins after which a connection ends.</summary>
    public const int FailuresPerConnectionMax = 10;

    /// <summary>Failed logins of one connection that are answered at once.</summary>
    public const int FailuresWithoutDelay = 3;

    /// <summary>How long the answer to later failures is held back.</summary>
    public static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(1);

    private const int AddressInLogMax = 320;

    private readonly RecentLogins _recent = new(time);

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
        if (context.IsExhausted)
        {
            return new LoginResult(Account: null, LoginRefusal.TooManyFailures);
        }

        var entry = Find(address);
        var isRight = await VerifyAsync(entry, password, cancel) && (authorizationId.Length == 0 || Find(authorizationId)?.Id == entry!.Id);
        var account = isRight ? store.OpenAccount(entry!.Id) : null;
        var name = ForLog(address);
        LogLogin(logger, context.Cid, account is null ? "failed" : "ok", name, mechanism, context.Protocol, context.IsEncrypted, context.Remote);
        if (account is not null)
        {
            return new LoginResult(account, LoginRefusal.None);
        }

        if (++context.Failures > FailuresWithoutDelay)
        {
            await Task.Delay(FailureDelay, time, cancel);
        }

        return new LoginResult(Account: null, LoginRefusal.BadCredentials);
    }

    private AccountEntry? Find(string address) => EmailAddress.TryParse(address, out var parsed) ? store.Directory.FindAddress(parsed.Normalized) : null;

    private async Task<bool> VerifyAsync(AccountEntry? entry, string password, CancellationToken cancel)
    {
        if (entry?.Access.PasswordHash is { } hash && _recent.Contains(entry.Id, hash, password))
        {
            return true;
        }

        if (!await hasher.VerifyAsync(password, entry?.Access.PasswordHash, cancel))
        {
            return false;
        }

        _recent.Add(entry!.Id, entry.Access.PasswordHash!, password);
        return true;
    }

    // The address is the peer's text: no line ends, spaces or endless names in the log, so that tools can count by it.
    private static string ForLog(string address) =>
        string.Create(Math.Min(address.Length, AddressInLogMax), address, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = text[i] is > ' ' and not '\x7F' and not (>= '\x80' and <= '\xA0') && !char.IsSurrogate(text[i]) && !char.IsSeparator(text[i]) ? text[i] : '?';
            }
        });

    [LoggerMessage(
        EventId = 2001,
        Level = LogLevel.Information,
        Message = "login {Result} cid={Cid} address={Address} mechanism={Mechanism} protocol={Protocol} tls={Tls} remote={Remote}")]
    private static partial void LogLogin(ILogger logger, string cid, string result, string address, string mechanism, string protocol, bool tls, IPAddress remote);
}
