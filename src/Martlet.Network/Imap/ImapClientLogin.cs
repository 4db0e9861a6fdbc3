using System.Text;
using Martlet.Network.Clients;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Text;

namespace Martlet.Network.Imap;

/// <summary>The part of <see cref="ImapClient"/> that logs in.</summary>
public sealed partial class ImapClient
{
    /// <summary>
    /// Logs in by the strongest means that the server and the caller have (<see cref="LoginAttempts"/>), with the LOGIN command where the server has no mechanism for
    /// a password in the clear. The key of <see cref="ImapClientOptions.ClientIdentity"/> is one of the means. Capabilities are known afterwards.
    /// </summary>
    /// <param name="credentials">What the caller has.</param>
    /// <param name="cancel">Ends the connection when a command is on its way.</param>
    /// <returns>A refusal is a value, as with other commands.</returns>
    /// <exception cref="ImapException">
    /// <see cref="ImapFailure.Refused"/>: there is nothing left that may be tried (<see cref="ImapException.LostMechanism"/> when the server offers less than before);
    /// the connection can be used on. <see cref="ImapFailure.Protocol"/>: the server did not prove itself.
    /// </exception>
    public Task<ImapLogin> AuthenticateAsync(LoginCredentials credentials, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return GuardAsync(clock => TryInTurnAsync(credentials, clock), _options.Limits.CommandTime, cancel);
    }

    /// <summary>AUTHENTICATE with a mechanism, with the capabilities afterwards. The initial response goes with the command where the server takes it (SASL-IR).</summary>
    /// <exception cref="ImapException">
    /// <see cref="ImapFailure.Protocol"/>: the server said OK before the mechanism was done, or something that the mechanism does not allow.
    /// </exception>
    public Task<ImapResult> AuthenticateAsync(ISaslClient mechanism, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return GuardAsync(async clock => (await LogInAsync(() => ExchangeAsync(mechanism, clock), clock).ConfigureAwait(false)).Result, _options.Limits.CommandTime, cancel);
    }

    /// <summary>LOGIN, with the capabilities afterwards. The password is sent to whoever is connected to; the other way to log in looks before.</summary>
    /// <exception cref="ImapException"><see cref="ImapFailure.Refused"/>: the server has said that it does not take LOGIN now (LOGINDISABLED); nothing was sent.</exception>
    public Task<ImapResult> LoginAsync(string username, string password, CancellationToken cancel = default)
    {
        if (Capabilities.Has(Capability.LoginDisabled))
        {
            // RFC 9051 §6.2.3: it must not be sent, since the password would be.
            return Task.FromException<ImapResult>(new ImapException(ImapFailure.Refused, "The server does not take LOGIN here."));
        }

        return GuardAsync(
            async clock => (await LogInAsync(() => LoginCommandAsync(username, password, clock), clock).ConfigureAwait(false)).Result, _options.Limits.CommandTime, cancel);
    }

    private async Task<ImapLogin> TryInTurnAsync(LoginCredentials credentials, CommandClock clock)
    {
        if (IsAuthenticated)
        {
            return new ImapLogin(new ImapResult("AUTHENTICATE", Greeting, []), Mechanism: null, credentials.StrongestBefore);
        }

        var offered = Capabilities.Mechanisms.ToHashSet(StringComparer.OrdinalIgnoreCase);
        // The command says what the mechanism of its name says, so it stands in for it.
        var isCommand = !offered.Contains(Plain.Name) && !Capabilities.Has(Capability.LoginDisabled) && offered.Add(Login.Name);
        var attempts = new LoginAttempts(offered, credentials, Tls, Bindings);
        ImapLogin? last = null;
        while (attempts.Next() is { } mechanism)
        {
            var attempt = await LogInAsync(
                () => isCommand && mechanism is LoginClient
                    ? LoginCommandAsync(credentials.Username, credentials.Password!, clock)
                    : ExchangeAsync(mechanism, clock),
                clock).ConfigureAwait(false);
            last = new ImapLogin(attempt.Result, mechanism.Mechanism, attempt.Result.IsOk ? attempts.Strongest : credentials.StrongestBefore) { MechanismError = attempt.ServerError };
            if (last.IsOk || !attempts.MayGoOn(Refusal(attempt), attempt.Responses))
            {
                return last;
            }
        }

        if (attempts.LostMechanism is { } lost)
        {
            throw new ImapException(ImapFailure.Refused, $"The server does not offer {lost} any more, with which it was logged in to before: somebody may sit between.") { LostMechanism = lost };
        }

        return last ?? throw new ImapException(ImapFailure.Refused, $"None of the ways to log in that the server offers can be used here: {string.Join(' ', offered)}.");
    }

    // RFC 5530 §3. Before it had codes, and from servers that do not use them, NO says both "unknown mechanism" and "wrong password": what has been sent tells them apart.
    private static LoginRefusal Refusal(Attempt attempt) => (attempt.Result.Status.Kind, attempt.Result.Status.Code?.Name) switch
    {
        _ when attempt.ServerError is not null => LoginRefusal.Other,
        (StatusKind.Bad, _) or (_, null or ResponseCode.Cannot) => LoginRefusal.NotAvailable,
        (_, ResponseCode.AuthenticationFailed) => LoginRefusal.Credentials,
        _ => LoginRefusal.Other,
    };

    private async Task<Attempt> LogInAsync(Func<Task<Attempt>> run, CommandClock clock)
    {
        _hasCapabilities = false;
        var attempt = await run().ConfigureAwait(false);
        if (attempt.Result.IsOk)
        {
            IsAuthenticated = true;
            await RefreshCapabilitiesAsync(clock).ConfigureAwait(false);
        }

        return attempt;
    }

    private async Task<Attempt> LoginCommandAsync(string username, string password, CommandClock clock) =>
        new(await RunAsync(new LoginRequest(username, password), handlers: null, clock).ConfigureAwait(false), Responses: 1);

    private async Task<Attempt> ExchangeAsync(ISaslClient mechanism, CommandClock clock)
    {
        var first = mechanism.InitialResponse;
        var isFirstSent = first is null || Capabilities.Has(Capability.SaslIr);
        var exchange = Begin(new AuthenticateRequest(mechanism.Mechanism, isFirstSent ? first : null), handlers: null, out var writer);
        await SendAsync(exchange, writer, clock).ConfigureAwait(false);
        await _transport.FlushAsync(clock).ConfigureAwait(false);
        var responses = isFirstSent && first is not null ? 1 : 0;
        var challenges = 0;
        SaslClientStep.Failed? refused = null;
        while (exchange.Status is null)
        {
            if (await ReadAsync(clock).ConfigureAwait(false) is not ContinuationResponse challenge)
            {
                continue;
            }

            if (++challenges > _options.Limits.ChallengesMax || refused is not null)
            {
                throw new ImapException(refused is null ? ImapFailure.Limit : ImapFailure.Protocol, "The server goes on asking.");
            }

            var step = isFirstSent ? Answer(mechanism, challenge.Text) : new SaslClientStep.Respond(first!.Value);
            isFirstSent = true;
            refused = step as SaslClientStep.Failed;
            var answer = step switch
            {
                SaslClientStep.Respond { Data: var data } => Convert.ToBase64String(data.Span),
                // An error takes the place of the last message, and is answered like it: cancelled, the server would not say why it refuses.
                SaslClientStep.Failed { Reason: SaslClientFailure.ServerError } => "",
                _ => "*",
            };
            _transport.Output.Write(Encoding.ASCII.GetBytes(answer + "\r\n"));
            await _transport.FlushAsync(clock).ConfigureAwait(false);
            responses += refused is null ? 1 : 0;
            if (refused is { Reason: not SaslClientFailure.ServerError })
            {
                throw new ImapException(ImapFailure.Protocol, $"What the server says in {mechanism.Mechanism} is not to be trusted: {refused.Reason}.");
            }
        }

        _running.Remove(exchange);
        if (exchange.Status.Kind == StatusKind.Ok && (refused is not null || !mechanism.IsComplete))
        {
            throw new ImapException(ImapFailure.Protocol, "The server said OK before the login was done: it did not prove itself.");
        }

        return new Attempt(exchange.Finish(), responses) { ServerError = refused?.ServerError };
    }

    private SaslClientStep Answer(ISaslClient mechanism, string challenge) =>
        Base64Lines.TryDecode(Encoding.UTF8.GetBytes(challenge), _options.Limits.ChallengeBytesMax, out var bytes)
            ? mechanism.Step(bytes)
            : new SaslClientStep.Failed(SaslClientFailure.Malformed);

    /// <summary>One attempt to log in.</summary>
    /// <param name="Result">What it came to.</param>
    /// <param name="Responses">How many responses of the mechanism, or passwords of LOGIN, were sent.</param>
    private sealed record Attempt(ImapResult Result, int Responses)
    {
        public string? ServerError { get; init; }
    }
}
