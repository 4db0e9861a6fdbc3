using System.Runtime.ExceptionServices;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>One command on its way: its tag, what came for it, and what of that is kept.</summary>
internal sealed class ImapExchange(ImapRequest request, string tag, ImapHandlers? handlers, ImapClientLimits limits)
{
    private readonly List<ImapResponse> _kept = [];
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

    /// <summary>Gives message data to the handler. What it does not read is dropped; its exception is kept for the end of the command.</summary>
    public async ValueTask HandleAsync(FetchData? message, LiteralStream data, CommandClock clock)
    {
        clock.Pause(); // The handler's time is not the server's: only while it reads, the server must be quick.
        try
        {
            if (message is not null && _error is null && handlers?.OnData is { } handler)
            {
                await handler(message, data, clock.Token).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever the caller's code throws comes out of the command, once the connection is in order again.
        catch (Exception e) when (e is not ImapException && !clock.Token.IsCancellationRequested)
#pragma warning restore CA1031 // Only the handler above.
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }

        await data.DrainAsync().ConfigureAwait(false);
        clock.Touch();
    }

    /// <summary>What the command came to.</summary>
    public ImapResult Finish() => new(Request.Name, Status!, _kept) { HandlerError = _error };
}
