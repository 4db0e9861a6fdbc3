using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe.Journal;

/// <summary>
/// The journal of mail: where each message came from, what was decided, where it went and what became of it. Writing it is nobody's concern but its own task's: who
/// adds a record never waits and never fails; what the queue or the disk cannot take is counted and missing.
/// </summary>
/// <remarks>
/// Thread safe. The records lie in two rings of files in one folder, each of a bounded size (<see cref="JournalLimits"/>), and survive restarts; they are not
/// flushed to the disk, so that a power failure may take the last seconds. Message contents are never in it, nor subjects.
/// </remarks>
public sealed partial class MailJournal : IAsyncDisposable
{
    /// <summary>Name of the ring of what was taken in, moved, removed.</summary>
    internal const string MailRing = "mail";

    /// <summary>Name of the ring of what was refused.</summary>
    internal const string RefusedRing = "refused";

    private const int WriteBytes = 64 * 1024;

    private static readonly TimeSpan NoticePause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(10);

    private readonly JournalLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<long> _diskFree;
    private readonly Channel<JournalItem> _queue;
    private readonly JournalRing _mail;
    private readonly JournalRing _refused;
    private readonly ArrayBufferWriter<byte> _mailLines = new(WriteBytes);
    private readonly ArrayBufferWriter<byte> _refusedLines = new(WriteBytes);
    private readonly Task _running;
    private long _uidsWaiting;
    private long _written;
    private long _dropped;
    private long _toldDropped;
    private DateTimeOffset _lastNotice = DateTimeOffset.MinValue;
    private DateTimeOffset _lastLook = DateTimeOffset.MinValue;
    private bool _hasRoom = true;
    private volatile bool _isFailing;

    /// <summary>Starts a journal.</summary>
    /// <param name="folder">Its folder; made when the first record is written.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Told when records are lost.</param>
    /// <param name="diskFree">Free bytes of the disk; null to ask the system.</param>
    public MailJournal(string folder, JournalLimits limits, TimeProvider time, ILogger logger, Func<long>? diskFree = null)
    {
        Folder = folder;
        _limits = limits;
        _time = time;
        _logger = logger;
        _diskFree = diskFree ?? (() => DiskSpace.Free(folder));
        _mail = new JournalRing(folder, MailRing, limits.MailBytesMax, limits.FilesMax);
        _refused = new JournalRing(folder, RefusedRing, limits.RefusedBytesMax, limits.FilesMax);
        _queue = Channel.CreateBounded<JournalItem>(new BoundedChannelOptions(limits.QueueRecordsMax) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>Records written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records that are missing.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Records that wait to be written.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Whether records are missing because the disk did not take the last ones, or has too little space.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Adds a record that is complete but for its time.</summary>
    public void Add(JournalRecord record) => Add(new JournalItem(_time.GetUtcNow(), record, Uids: 0));

    /// <summary>Waits until everything added before is written, or missing for good.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (await _queue.Writer.WaitToWriteAsync(cancel))
        {
            try
            {
                await _queue.Writer.WriteAsync(new JournalItem(default, done, Uids: 0), cancel);
                await done.Task.WaitAsync(cancel);
            }
            catch (ChannelClosedException)
            {
                // It is being closed, which writes what is left.
                await _running.WaitAsync(cancel);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
        _mail.Dispose();
        _refused.Dispose();
    }

    /// <summary>Adds something from which records are made later, on the journal's own task.</summary>
    internal void Add(JournalItem item)
    {
        if (item.Uids > 0 && Interlocked.Add(ref _uidsWaiting, item.Uids) > _limits.QueueUidsMax)
        {
            Interlocked.Add(ref _uidsWaiting, -item.Uids);
            Interlocked.Increment(ref _dropped);
        }
        else if (!_queue.Writer.TryWrite(item))
        {
            Interlocked.Add(ref _uidsWaiting, -item.Uids);
            Interlocked.Increment(ref _dropped);
        }
    }

    private async Task RunAsync()
    {
        var waiting = new List<TaskCompletionSource>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_mailLines.WrittenCount + _refusedLines.WrittenCount < WriteBytes && _queue.Reader.TryRead(out var item))
            {
                Interlocked.Add(ref _uidsWaiting, -item.Uids);
                if (item.Source is TaskCompletionSource done)
                {
                    waiting.Add(done);
                }
                else
                {
                    Format(item);
                }
            }

            NoteMissing();
            await WriteAsync(_mail, _mailLines);
            await WriteAsync(_refused, _refusedLines);
            waiting.ForEach(done => done.TrySetResult());
            waiting.Clear();
        }
    }

    private void Format(JournalItem item)
    {
        foreach (var record in JournalFormat.Records(item, _limits.RunsPerRecordMax))
        {
            if (JournalLine.Write(record) is { } line)
            {
                (record.Kind == JournalKinds.Refused ? _refusedLines : _mailLines).Write(line);
                Interlocked.Increment(ref _written);
            }
            else
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    // A trace must say that something may be missing in it.
    private void NoteMissing()
    {
        var missing = Dropped - _toldDropped;
        var now = _time.GetUtcNow();
        if (missing == 0 || now - _lastNotice < NoticePause)
        {
            return;
        }

        (_toldDropped, _lastNotice) = (_toldDropped + missing, now);
        _mailLines.Write(JournalLine.Write(new JournalRecord { Time = now.ToUnixTimeMilliseconds(), Kind = JournalKinds.Missing, Missing = missing })!);
        LogDropped(_logger, missing);
    }

    private async Task WriteAsync(JournalRing ring, ArrayBufferWriter<byte> lines)
    {
        if (lines.WrittenCount == 0)
        {
            return;
        }

        try
        {
            Look();
            if (!_hasRoom)
            {
                throw new IOException($"The disk has less than {_limits.DiskFreeBytesMin} bytes left; those are for mail.");
            }

            await ring.AppendAsync(lines.WrittenMemory);
            _isFailing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ring.Close();
            var lost = lines.WrittenSpan.Count((byte)'\n');
            Interlocked.Add(ref _written, -lost);
            Interlocked.Add(ref _dropped, lost);
            // Once, until it works again.
            if (!_isFailing)
            {
                LogFailed(_logger, Folder, e.Message);
            }

            _isFailing = true;
        }
        finally
        {
            lines.ResetWrittenCount();
        }
    }

    private void Look()
    {
        var now = _time.GetUtcNow();
        if (now - _lastLook < LookPause)
        {
            return;
        }

        _lastLook = now;
        _hasRoom = _diskFree() >= _limits.DiskFreeBytesMin;
        _mail.Forget(now - _limits.AgeMax);
        _refused.Forget(now - _limits.AgeMax);
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "journal of mail not written, traces of these messages will be missing; mail is not affected folder={Folder} reason={Reason}")]
    private static partial void LogFailed(ILogger logger, string folder, string reason);

    [LoggerMessage(EventId = 1502, Level = LogLevel.Warning, Message = "records are missing in the journal of mail records={Records}")]
    private static partial void LogDropped(ILogger logger, long records);
}

/// <summary>Something that waits to become records.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Source">A record, a change of the store, or a task that waits for all before it.</param>
/// <param name="Uids">UIDs it holds in memory.</param>
internal readonly record struct JournalItem(DateTimeOffset Time, object Source, int Uids);
