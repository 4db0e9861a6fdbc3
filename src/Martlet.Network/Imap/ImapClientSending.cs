using System.Buffers;
using System.Globalization;
using Martlet.Network.Clients;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>The part of <see cref="ImapClient"/> that sends commands and waits for their replies.</summary>
public sealed partial class ImapClient
{
    private const int CopySize = 64 * 1024;

    private LiteralSupport Literals =>
        Capabilities.Has(Capability.LiteralPlus) ? LiteralSupport.Plus
        : Capabilities.Has("LITERAL-") || Capabilities.Has(Capability.Imap4Rev2) ? LiteralSupport.Minus
        : LiteralSupport.Synchronizing;

    private async Task<ImapResult> RunAsync(ImapRequest request, ImapHandlers? handlers, CommandClock clock)
    {
        var exchange = Begin(request, handlers, out var writer);
        if (request is SelectRequest select)
        {
            _opening = new MailboxState(select.Mailbox);
        }

        await SendAsync(exchange, writer, clock).ConfigureAwait(false);
        await _transport.FlushAsync(clock).ConfigureAwait(false);
        await WaitAsync(exchange, clock).ConfigureAwait(false);
        _running.Remove(exchange);
        _opening = null;
        return exchange.Finish();
    }

    private async Task<IReadOnlyList<ImapResult>> RunAllAsync(IReadOnlyList<ImapRequest> requests, CommandClock clock)
    {
        var writers = new List<ImapCommandWriter>(requests.Count);
        foreach (var request in requests)
        {
            Begin(request, handlers: null, out var writer);
            writers.Add(writer);
        }

        ImapExchange[] exchanges = [.. _running];
        for (var i = 0; i < exchanges.Length; i++)
        {
            await SendAsync(exchanges[i], writers[i], clock).ConfigureAwait(false);
        }

        await _transport.FlushAsync(clock).ConfigureAwait(false);
        foreach (var exchange in exchanges)
        {
            await WaitAsync(exchange, clock).ConfigureAwait(false);
        }

        return [.. exchanges.Select(static exchange => exchange.Finish())];
    }

    /// <summary>Makes a command's text. Throws for arguments before anything is sent.</summary>
    private ImapExchange Begin(ImapRequest request, ImapHandlers? handlers, out ImapCommandWriter writer)
    {
        if (request is BareRequest { Name: "UNAUTHENTICATE" } && IsCompressed)
        {
            // RFC 8437 §4.1: compression would have to end in the middle of the stream.
            throw new ArgumentException("UNAUTHENTICATE cannot be used with COMPRESS.", nameof(request));
        }

        var exchange = new ImapExchange(request, "A" + (++_lastTag).ToString(CultureInfo.InvariantCulture), handlers, _options.Limits);
        writer = new ImapCommandWriter(_reader.IsUtf8, Literals, _options.UnaskedMessageBytesMax);
        request.Write(writer, exchange.Tag);
        _running.Add(exchange);
        return exchange;
    }

    /// <summary>Sends a command up to its end, or until the server refuses it. The last piece is not flushed.</summary>
    private async Task SendAsync(ImapExchange exchange, ImapCommandWriter writer, CommandClock clock)
    {
        _hasSent = true;
        var start = 0;
        foreach (var part in writer.Parts)
        {
            _transport.Output.Write(writer.Text.Span[start..part.End]);
            start = part.End;
            if (part.MustWait)
            {
                await _transport.FlushAsync(clock).ConfigureAwait(false);
                if (!await MayGoOnAsync(exchange, clock).ConfigureAwait(false))
                {
                    return;
                }
            }

            if (part.Message is { } message)
            {
                await _transport.FlushAsync(clock).ConfigureAwait(false);
                await CopyAsync(message, clock).ConfigureAwait(false);
            }
        }

        _transport.Output.Write(writer.Text.Span[start..]);
    }

    /// <summary>Waits for a continuation request; false if the server refused the command in its place.</summary>
    private async ValueTask<bool> MayGoOnAsync(ImapExchange exchange, CommandClock clock)
    {
        while (exchange.Status is null)
        {
            if (await ReadAsync(clock).ConfigureAwait(false) is ContinuationResponse)
            {
                return true;
            }
        }

        return exchange.Status.Kind != StatusKind.Ok ? false : throw new ImapException(ImapFailure.Protocol, "The server said OK to half a command.");
    }

    private async ValueTask WaitAsync(ImapExchange exchange, CommandClock clock)
    {
        while (exchange.Status is null)
        {
            if (await ReadAsync(clock).ConfigureAwait(false) is ContinuationResponse)
            {
                throw new ImapException(ImapFailure.Protocol, "The server asks to go on where nothing is left to send.");
            }
        }
    }

    private async Task CopyAsync(OutgoingMessage message, CommandClock clock)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopySize);
        try
        {
            for (var left = message.Bytes; left > 0;)
            {
                var count = await ReadContentAsync(message.Content, buffer.AsMemory(0, (int)Math.Min(left, CopySize)), clock).ConfigureAwait(false);
                await _transport.WriteAsync(buffer.AsMemory(0, count), clock).ConfigureAwait(false);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The size is announced: whatever goes wrong with the caller's stream now, the server waits for the rest.
    private static async ValueTask<int> ReadContentAsync(Stream content, Memory<byte> buffer, CommandClock clock)
    {
        int count;
        try
        {
            count = await content.ReadAsync(buffer, clock.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ImapException(ImapFailure.Abandoned, "A message could not be read to its end.", e);
        }

        return count > 0 ? count : throw new ImapException(ImapFailure.Abandoned, "A message is shorter than announced.");
    }
}
