using System.Globalization;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Admin;

/// <summary>
/// A running import: spools one message, hands it to the store and goes on with the next while the disk works. What waits is bounded in number and bytes, so
/// memory does not depend on the file. Messages are handed over in the order of the file.
/// </summary>
/// <remarks>Used by one task. Dispose it when the file is done.</remarks>
internal sealed class MboxImport(MailStore store, Mailbox mailbox, Func<ImportProgress, ValueTask> progress) : IAsyncDisposable
{
    private const int InFlightMax = 256;
    private const long InFlightBytesMax = 16 * 1024 * 1024;

    private readonly Queue<Waiting> _inFlight = new();
    private readonly MboxStatus _status = new();
    private long _inFlightBytes;
    private MessageSpool? _spool;
    private DateTimeOffset? _date;
    private string? _tooLarge;
    private long _taken;
    private long _takenBytes;
    private long _notTaken;

    /// <summary>Messages of the file so far, taken or not.</summary>
    public long Messages { get; private set; }

    /// <summary>Whether going on makes no sense: the account is full or gone.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Figures; complete after <see cref="FinishAsync"/>.</summary>
    public ImportReport Report => new(_taken, _takenBytes, _notTaken);

    /// <summary>A message begins; the one before is complete.</summary>
    /// <param name="date">Date of its separator line.</param>
    public async Task StartMessageAsync(DateTimeOffset? date)
    {
        await EndMessageAsync();
        Messages++;
        _date = date;
        _status.Clear();
        _spool = store.NewSpool();
    }

    /// <summary>Takes bytes of the message.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_spool is null || _tooLarge is not null)
        {
            return;
        }

        if (_spool.Length + bytes.Length > store.Limits.MessageBytesMax)
        {
            _tooLarge = string.Create(CultureInfo.InvariantCulture, $"larger than {store.Limits.MessageBytesMax} bytes (limit message-bytes)");
            return;
        }

        _status.Feed(bytes);
        _spool.Write(bytes);
    }

    /// <summary>The message is complete: hands it to the store.</summary>
    public async Task EndMessageAsync()
    {
        if (_spool is not { } spool)
        {
            return;
        }

        _spool = null;
        if (_tooLarge is not null || spool.Length == 0)
        {
            spool.Dispose();
            await NotTakenAsync(Messages, _tooLarge ?? "empty");
            _tooLarge = null;
            return;
        }

        spool.Complete();
        var flags = _status.Read(store.Limits);
        // A large message is written to its file first and others would overtake it: it goes alone.
        var goesAlone = spool.Length > store.Limits.SegmentMessageBytesMax;
        await DrainAsync(goesAlone ? 0 : InFlightMax - 1, goesAlone ? 0 : InFlightBytesMax - spool.Length);
        if (IsStopped)
        {
            spool.Dispose();
            return;
        }

        var task = store.AddMessagesAsync([new NewMessage { Mailbox = mailbox, Content = spool, Flags = flags.Flags, Keywords = flags.Keywords, Received = _date }]);
        _inFlight.Enqueue(new Waiting(task, spool, Messages, spool.Length));
        _inFlightBytes += spool.Length;
        if (goesAlone)
        {
            await DrainAsync(0, 0);
        }
    }

    /// <summary>Waits for all that was handed over.</summary>
    public Task FinishAsync()
    {
        _spool?.Dispose();
        _spool = null;
        return DrainAsync(0, 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _spool?.Dispose();
        while (_inFlight.TryDequeue(out var waiting))
        {
            // After a failure of the store: the others failed with it, and their buffers may only go back when it is done with them.
            await ((Task)waiting.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            waiting.Spool.Dispose();
        }
    }

    private async Task DrainAsync(int count, long bytes)
    {
        while (_inFlight.Count > 0 && (_inFlight.Count > count || _inFlightBytes > bytes))
        {
            var waiting = _inFlight.Peek();
            var result = await waiting.Task;
            _inFlight.Dequeue();
            _inFlightBytes -= waiting.Bytes;
            waiting.Spool.Dispose();
            if (result.IsDone)
            {
                _taken++;
                _takenBytes += waiting.Bytes;
                await progress(new ImportProgress(_taken));
            }
            else
            {
                await NotTakenAsync(waiting.Number, result.Refusal switch
                {
                    Refusal.OverQuota => "the account's quota is full",
                    Refusal.NoSuchMailbox => "the mailbox was deleted meanwhile",
                    Refusal.LimitReached => "a limit is reached: keywords of the account or UIDs of the mailbox",
                    var refusal => refusal.ToString(),
                });
                IsStopped |= result.Refusal is Refusal.OverQuota or Refusal.NoSuchMailbox;
            }
        }
    }

    private async Task NotTakenAsync(long number, string reason)
    {
        _notTaken++;
        await progress(new ImportProgress(_taken, string.Create(CultureInfo.InvariantCulture, $"message {number}: {reason}")));
    }

    private readonly record struct Waiting(Task<StoreResult<IReadOnlyList<AddedMessage>>> Task, MessageSpool Spool, long Number, long Bytes);
}
