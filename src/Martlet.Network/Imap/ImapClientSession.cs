using Martlet.Network.Clients;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>The part of <see cref="ImapClient"/> with the commands that are more than a line and a reply: COMPRESS, IDLE.</summary>
public sealed partial class ImapClient
{
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
