using Martlet.Network.Clients;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Text;

namespace Martlet.Network.Imap;

/// <summary>The part of <see cref="ImapClient"/> with the commands that are more than a line and a reply: logins, COMPRESS, IDLE.</summary>
public sealed partial class ImapClient
{
    /// <summary>LOGIN, with the capabilities afterwards.</summary>
    /// <exception cref="ImapException"><see cref="ImapFailure.Refused"/>: the server has said that it does not take LOGIN now (LOGINDISABLED); nothing was sent.</exception>
    public Task<ImapResult> LoginAsync(string username, string password, CancellationToken cancel = default)
    {
        if (Capabilities.Has(Capability.LoginDisabled))
        {
            // RFC 9051 §6.2.3: it must not be sent, since the password would be.
            return Task.FromException<ImapResult>(new ImapException(ImapFailure.Refused, "The server does not take LOGIN here."));
        }

        return GuardAsync(clock => LogInAsync(() => RunAsync(new LoginRequest(username, password), handlers: null, clock), clock), _options.Limits.CommandTime, cancel);
    }

    /// <summary>AUTHENTICATE with a mechanism, with the capabilities afterwards. The initial response goes with the command where the server takes it (SASL-IR).</summary>
    /// <exception cref="ImapException"><see cref="ImapFailure.Protocol"/>: the server said OK before the mechanism was done.</exception>
    public Task<ImapResult> AuthenticateAsync(ISaslClient mechanism, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return GuardAsync(clock => LogInAsync(() => ExchangeAsync(mechanism, clock), clock), _options.Limits.CommandTime, cancel);
    }

    /// <summary>COMPRESS DEFLATE: from an OK on, both sides are compressed (RFC 4978).</summary>
    public Task<ImapResult> CompressAsync(CancellationToken cancel = default) => GuardAsync(
        async clock =>
        {
            var result = await RunAsync(new CompressRequest(), handlers: null, clock).ConfigureAwait(false);
            if (result.IsOk)
            {
                _transport.StartCompression(_options.Limits.CompressionRatioMax, _options.Limits.CompressionSlackBytes);
            }

            return result;
        },
        _options.Limits.CommandTime,
        cancel);

    /// <summary>
    /// IDLE: the server tells of changes as they happen. Ends with DONE when <paramref name="until"/> is cancelled, which leaves the connection in order; when the handler
    /// has had enough; or after <see cref="ImapClientLimits.IdleTime"/>, so that a caller who wants more calls again.
    /// </summary>
    /// <param name="onResponse">Told of each response; false ends the IDLE. Null keeps them for the result.</param>
    /// <param name="until">Ends the IDLE; nothing is thrown for it.</param>
    public Task<ImapResult> IdleAsync(Func<ImapResponse, bool>? onResponse, CancellationToken until) =>
        GuardAsync(clock => IdleAsync(onResponse, clock, until), CommandClock.Unlimited, CancellationToken.None);

    private async Task<ImapResult> LogInAsync(Func<Task<ImapResult>> run, CommandClock clock)
    {
        _hasCapabilities = false;
        var result = await run().ConfigureAwait(false);
        if (!result.IsOk)
        {
            return result;
        }

        IsAuthenticated = true;
        await RefreshCapabilitiesAsync(clock).ConfigureAwait(false);
        return result;
    }

    private async Task<ImapResult> ExchangeAsync(ISaslClient mechanism, CommandClock clock)
    {
        var first = mechanism.InitialResponse;
        var isFirstSent = first is null || Capabilities.Has(Capability.SaslIr);
        var exchange = Begin(new AuthenticateRequest(mechanism.Mechanism, isFirstSent ? first : null), handlers: null, out var writer);
        await SendAsync(exchange, writer, clock).ConfigureAwait(false);
        await _transport.FlushAsync(clock).ConfigureAwait(false);
        var challenges = 0;
        var isGivenUp = false;
        while (exchange.Status is null)
        {
            if (await ReadAsync(clock).ConfigureAwait(false) is not ContinuationResponse challenge)
            {
                continue;
            }

            if (++challenges > _options.Limits.ChallengesMax || isGivenUp)
            {
                throw new ImapException(isGivenUp ? ImapFailure.Protocol : ImapFailure.Limit, "The server goes on asking.");
            }

            var response = isFirstSent ? Answer(mechanism, challenge.Text) : first;
            isFirstSent = true;
            isGivenUp = response is null;
            _transport.Output.Write(System.Text.Encoding.ASCII.GetBytes((response is { } bytes ? Convert.ToBase64String(bytes.Span) : "*") + "\r\n"));
            await _transport.FlushAsync(clock).ConfigureAwait(false);
        }

        _running.Remove(exchange);
        if (exchange.Status.Kind == StatusKind.Ok && (isGivenUp || !mechanism.IsComplete))
        {
            throw new ImapException(ImapFailure.Protocol, "The server said OK before the login was done: it did not prove itself.");
        }

        return exchange.Finish();
    }

    private ReadOnlyMemory<byte>? Answer(ISaslClient mechanism, string challenge) =>
        Base64Lines.TryDecode(System.Text.Encoding.UTF8.GetBytes(challenge), _options.Limits.ChallengeBytesMax, out var bytes)
        && mechanism.Step(bytes) is SaslClientStep.Respond respond
            ? respond.Data
            : (ReadOnlyMemory<byte>?)null; // A bare null would become empty memory.

    private async Task<ImapResult> IdleAsync(Func<ImapResponse, bool>? onResponse, CommandClock clock, CancellationToken until)
    {
        var isEnough = false;
        var handlers = new ImapHandlers
        {
            OnResponse = onResponse is null ? null : response =>
            {
                isEnough |= !onResponse(response);
                return true;
            },
        };
        var exchange = Begin(BareRequest.Idle, handlers, out var writer);
        await SendAsync(exchange, writer, clock).ConfigureAwait(false);
        await _transport.FlushAsync(clock).ConfigureAwait(false);
        if (await MayGoOnAsync(exchange, clock).ConfigureAwait(false))
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(until);
            try
            {
                await IdleAsync(exchange, () => isEnough, Task.Delay(_options.Limits.IdleTime, _options.Time, timer.Token), clock).ConfigureAwait(false);
            }
            finally
            {
                await timer.CancelAsync().ConfigureAwait(false);
            }
        }

        _running.Remove(exchange);
        return exchange.Finish();
    }

    private async Task IdleAsync(ImapExchange exchange, Func<bool> isEnough, Task end, CommandClock clock)
    {
        var isDone = false;
        while (exchange.Status is null)
        {
            if (!isDone)
            {
                clock.Pause();
            }

            if (NextBuffered(out _, out _) == ResponseStep.Response)
            {
                continue; // the tagged reply, or a server that says "+ still here"
            }

            // The read goes on while DONE is written: a read that was cancelled could have lost bytes.
            var fill = _transport.FillAsync(clock).AsTask();
            if (!isDone && !isEnough())
            {
                await Task.WhenAny(fill, end).ConfigureAwait(false);
            }

            if (!isDone && (isEnough() || end.IsCompleted))
            {
                isDone = true;
                _transport.Output.Write("DONE\r\n"u8);
                await _transport.FlushAsync(clock).ConfigureAwait(false);
            }

            await fill.ConfigureAwait(false);
        }
    }
}
