using System.Runtime.ExceptionServices;
using Martlet.Network.Clients;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>One command on its way: its tag, what came for it, and what of that is kept.</summary>
internal sealed class ImapExchange(ImapRequest request, string tag, ImapHandlers? handlers, ImapClientLimits limits)
{
    private readonly List<ImapResponse> _kept = [];
    private readonly Queue<FetchData> _quoted = new();
    private long _keptBytes;
    private ExceptionDispatchInfo? _error;

    public ImapRequest Request { get; } = request;

    public string Tag { get; } = tag;

    /// <summary>Message data goes to a handler.</summary>
    public bool StreamsData => handlers?.OnData is not null;

    /// <summary>The tagged reply, once it is here.</summary>
    public StatusResponse? Status { get; set; }

    /// <summary>Takes an untagged response.</summary>
    /// <exception cref="ImapException"><see cref="ImapFailure.Limit"/></exception>
    public void Add(ImapResponse response, int bytes)
    {
        if (StreamsData && response is FetchData data && data.Sections.Any(static section => section.Data is not null))
        {
            _quoted.Enqueue(data);
        }

        if (handlers?.OnResponse?.Invoke(response) ?? false)
        {
            return;
        }

        _keptBytes += bytes;
        if (_kept.Count >= limits.ResponsesMax || _keptBytes > limits.BufferedBytesMax)
        {
            throw new ImapException(ImapFailure.Limit, "The server sent more responses to one command than are kept.");
        }

        _kept.Add(response);
    }

    /// <summary>Gives message data that came as quoted strings to the handler, as if it had come as literals: servers send small messages so.</summary>
    public async ValueTask HandleQuotedAsync(CommandClock clock)
    {
        while (_quoted.TryDequeue(out var message))
        {
            foreach (var section in message.Sections)
            {
                if (section.Data is { } bytes)
                {
                    using var data = new MemoryStream(bytes.ToArray(), writable: false);
                    clock.Pause();
                    await HandleAsync(message, section, data, clock).ConfigureAwait(false);
                    clock.Touch();
                }
            }
        }
    }

    /// <summary>Gives message data to the handler. What it does not read is dropped.</summary>
    /// <param name="message">What is known of the message; the section is the last. Null if that could not be read.</param>
    /// <param name="data">The data.</param>
    /// <param name="clock">Stands while the handler is busy with other things than reading.</param>
    public async ValueTask HandleAsync(FetchData? message, LiteralStream data, CommandClock clock)
    {
        clock.Pause();
        if (message is not null)
        {
            await HandleAsync(message, message.Sections[^1], data, clock).ConfigureAwait(false);
        }

        await data.DrainAsync().ConfigureAwait(false);
        clock.Touch();
    }

    private async ValueTask HandleAsync(FetchData message, FetchSection section, Stream data, CommandClock clock)
    {
        if (_error is not null || handlers?.OnData is not { } handler)
        {
            return;
        }

        try
        {
            await handler(message, section, data, clock.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the caller's code throws comes out of the command, once the connection is in order again.
        catch (Exception e) when (data is not LiteralStream { IsBroken: true } && !clock.Token.IsCancellationRequested)
#pragma warning restore CA1031 // Only the handler above.
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>What the command came to.</summary>
    public ImapResult Finish() => new(Request.Name, Status!, _kept) { HandlerError = _error };
}
