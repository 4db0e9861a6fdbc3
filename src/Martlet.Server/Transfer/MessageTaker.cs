using System.Globalization;
using System.Security.Cryptography;
using Martlet.Messages.Files;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Transfer;

/// <summary>A message of an import before its bytes.</summary>
/// <param name="Mailbox">Where it goes.</param>
/// <param name="Origin">Where it comes from, for people.</param>
/// <param name="Date">Internal date.</param>
internal readonly record struct IncomingMessage(ImportMailbox Mailbox, string Origin, DateTimeOffset Date);

/// <summary>
/// The end of every import: spools one message, hands it to the store and goes on with the next while the disk works. What waits is bounded in number and bytes, so
/// memory does not depend on the source. Messages are handed over in the order in which they come.
/// </summary>
/// <remarks>Used by one task. Dispose it when the source is done.</remarks>
internal sealed class MessageTaker(MailStore store, Account account, ImportChoices choices, TransferNews news) : IAsyncDisposable
{
    private const int InFlightMax = 256;
    private const long InFlightBytesMax = 16 * 1024 * 1024;

    private static readonly ChangeOrigin Origin = new("import", "");

    private readonly Queue<Waiting> _inFlight = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _inFlightBytes;
    private MessageSpool? _spool;
    private IncomingMessage _message;
    private string? _problem;

    /// <summary>Messages taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Their bytes.</summary>
    public long TakenBytes { get; private set; }

    /// <summary>Messages that were there already.</summary>
    public long AlreadyThere { get; private set; }

    /// <summary>Why going on makes no sense: the account is full or gone. Null while it does.</summary>
    public string? Stopped { get; private set; }

    /// <summary>A message begins.</summary>
    public async Task BeginAsync(IncomingMessage message)
    {
        _message = message;
        _problem = null;
        if (message.Mailbox is { Problem: null, Mailbox: { } mailbox, Seen: null })
        {
            message.Mailbox.Seen = await SeenMessages.ReadAsync(store, mailbox);
        }

        _spool = store.NewSpool();
    }

    /// <summary>Takes bytes of it.</summary>
    /// <returns>False when no more are needed: it is too large.</returns>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (_spool is null || _problem is not null)
        {
            return false;
        }

        if (_spool.Length + bytes.Length > store.Limits.MessageBytesMax)
        {
            _problem = string.Create(CultureInfo.InvariantCulture, $"larger than {store.Limits.MessageBytesMax} bytes (limit message-bytes)");
            return false;
        }

        if (_message.Mailbox.Seen is { IsEmpty: false })
        {
            _hash.AppendData(bytes);
        }

        _spool.Write(bytes);
        return true;
    }

    /// <summary>Leaves the message out.</summary>
    /// <param name="problem">Why.</param>
    public async Task AbandonAsync(string problem)
    {
        _problem ??= problem;
        await EndAsync(FileFlags.None, []);
    }

    /// <summary>The source broke off within the message: it is left out without a word of its own.</summary>
    public void Forget()
    {
        _spool?.Dispose();
        _spool = null;
        _ = _hash.GetHashAndReset();
    }

    /// <summary>The message is complete.</summary>
    /// <param name="flags">System flags.</param>
    /// <param name="keywords">Keywords, valid as IMAP keywords; what is over the limits of the store is left out.</param>
    public async Task EndAsync(FileFlags flags, IReadOnlyCollection<string> keywords)
    {
        if (_spool is not { } spool)
        {
            return;
        }

        _spool = null;
        var hash = _hash.GetHashAndReset();
        var isHandedOver = false;
        try
        {
            if ((_problem ?? (spool.Length == 0 ? "empty" : _message.Mailbox.Problem)) is { } problem)
            {
                await news.LeaveOutAsync(_message.Origin, problem);
            }
            else if (_message.Mailbox.Seen is { IsEmpty: false } seen && seen.Take(spool.Length, _message.Date.ToUnixTimeSeconds(), hash))
            {
                AlreadyThere++;
                await news.AdvanceAsync();
            }
            else if (choices.IsDryRun)
            {
                await CountAsync(_message.Mailbox, spool.Length);
            }
            else
            {
                spool.Complete();
                isHandedOver = await HandOverAsync(spool, flags, keywords);
            }
        }
        finally
        {
            if (!isHandedOver)
            {
                spool.Dispose();
            }
        }
    }

    /// <summary>Waits for all that was handed over.</summary>
    /// <exception cref="StoreException">The store failed for one of them; the others are waited for by calling again.</exception>
    public Task FinishAsync() => DrainAsync(0, 0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _spool?.Dispose();
        _hash.Dispose();
        while (_inFlight.TryDequeue(out var waiting))
        {
            // After a failure of the store: the others failed with it, and their buffers may only go back when it is done with them.
            await ((Task)waiting.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            waiting.Spool.Dispose();
        }
    }

    private async Task<bool> HandOverAsync(MessageSpool spool, FileFlags flags, IReadOnlyCollection<string> keywords)
    {
        // A large message is written to its file first and others would overtake it: it goes alone.
        var goesAlone = spool.Length > store.Limits.SegmentMessageBytesMax;
        await DrainAsync(goesAlone ? 0 : InFlightMax - 1, goesAlone ? 0 : InFlightBytesMax - spool.Length);
        if (Stopped is not null)
        {
            return false;
        }

        var task = store.AddMessagesAsync(
        [
            new NewMessage
            {
                Mailbox = _message.Mailbox.Mailbox!,
                Content = spool,
                Flags = (MessageFlags)flags,
                Keywords = await LimitAsync(keywords),
                Received = _message.Date,
            },
        ], Origin);
        _inFlight.Enqueue(new Waiting(task, spool, _message, spool.Length));
        _inFlightBytes += spool.Length;
        if (goesAlone)
        {
            await DrainAsync(0, 0);
        }

        return true;
    }

    private async ValueTask<IReadOnlyCollection<string>> LimitAsync(IReadOnlyCollection<string> keywords)
    {
        var limits = store.Limits;
        if (keywords.Count <= limits.KeywordsPerMessageMax && keywords.All(keyword => keyword.Length <= limits.KeywordBytesMax))
        {
            return keywords;
        }

        await news.NoteAsync(_message.Origin, "taken, but some of its keywords are too long or too many (limits keyword-bytes, keywords-per-message)");
        return [.. keywords.Where(keyword => keyword.Length <= limits.KeywordBytesMax).Take(limits.KeywordsPerMessageMax)];
    }

    private async Task DrainAsync(int count, long bytes)
    {
        while (_inFlight.Count > 0 && (_inFlight.Count > count || _inFlightBytes > bytes))
        {
            var waiting = _inFlight.Dequeue();
            _inFlightBytes -= waiting.Bytes;
            using var spool = waiting.Spool;
            var result = await waiting.Task;
            if (result.IsDone)
            {
                await CountAsync(waiting.Message.Mailbox, waiting.Bytes);
                continue;
            }

            var (reason, isEnd) = result.Refusal switch
            {
                Refusal.OverQuota => ("the account's quota is full", true),
                Refusal.NoSuchMailbox when account.IsRemoved => ("the account was removed meanwhile", true),
                Refusal.NoSuchMailbox => ("the mailbox was deleted meanwhile", false),
                Refusal.LimitReached => ("a limit is reached: keywords of the account or UIDs of the mailbox", false),
                var refusal => (refusal.ToString(), false),
            };
            waiting.Message.Mailbox.Problem ??= result.Refusal == Refusal.NoSuchMailbox ? reason : null;
            Stopped ??= isEnd ? reason : null;
            await news.LeaveOutAsync(waiting.Message.Origin, reason);
        }
    }

    private ValueTask CountAsync(ImportMailbox mailbox, long bytes)
    {
        Taken++;
        TakenBytes += bytes;
        mailbox.Messages++;
        return news.AdvanceAsync();
    }

    private readonly record struct Waiting(Task<StoreResult<IReadOnlyList<AddedMessage>>> Task, MessageSpool Spool, IncomingMessage Message, long Bytes);
}
