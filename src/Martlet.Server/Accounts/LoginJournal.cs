using System.Buffers.Binary;
using System.Net;
using Martlet.Store;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Accounts;

/// <summary>
/// Keeps record of every attempt to log in: one log line of fixed form at once, and an entry in the account's history some seconds later, when the client may have
/// said what it is. A login waits for neither; what the disk cannot take is missing in the history and never in the log.
/// </summary>
/// <remarks>Thread safe. Memory is bounded whatever peers do. To be disposed before the store: it then writes what is left.</remarks>
public sealed partial class LoginJournal : IAsyncDisposable
{
    private const int WordCharsMax = 64;
    private const int ClientCharsMax = 200;

    private static readonly TimeSpan NoticePause = TimeSpan.FromMinutes(1);

    private readonly MailStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LoginJournalLimits _limits;
    private readonly Lock _lock = new();
    private readonly Queue<LoginTicket> _waiting = new();
    private readonly BoundedTable<Counter> _counters;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Task _running;
    private Dictionary<UInt128, LoginEntry> _ready = [];
    private long _unreported;
    private DateTimeOffset _lastNotice = DateTimeOffset.MinValue;
    private bool _isFailing;

    /// <summary>Starts a journal.</summary>
    public LoginJournal(MailStore store, TimeProvider time, ILogger logger, LoginJournalLimits? limits = null)
    {
        _store = store;
        _time = time;
        _logger = logger;
        _limits = limits ?? new LoginJournalLimits();
        _counters = new BoundedTable<Counter>(_limits.CountsMax, static counter => counter.Last);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Counts the attempts; null for nobody.</summary>
    public LoginMetrics? Metrics { get; init; }

    /// <summary>Entries that wait to be written, for metrics.</summary>
    public int Waiting => Counts.Waiting + Counts.Ready;

    /// <summary>Attempts that are missing in the history because too many came at once.</summary>
    public long Dropped { get; private set; }

    /// <summary>What is in memory now.</summary>
    internal (int Waiting, int Ready, int Counters) Counts
    {
        get
        {
            lock (_lock)
            {
                return (_waiting.Count, _ready.Count, _counters.Count);
            }
        }
    }

    /// <summary>Records an attempt. Never blocks for the disk and never fails.</summary>
    public LoginTicket Record(LoginAttempt attempt)
    {
        Metrics?.Count(attempt);
        var now = _time.GetUtcNow();
        var ticket = new LoginTicket(this, ToEntry(attempt, now));
        long count;
        lock (_lock)
        {
            var key = KeyOf(ticket.Entry with { Client = "" });
            count = _counters.Get(key).Count + 1;
            _counters.Put(key, new Counter(count, now.UtcTicks));
            if (ticket.Entry.Client.Length > 0)
            {
                MakeReady(ticket.Entry);
            }
            else
            {
                Wait(ticket);
            }

            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }

        Log(ticket.Entry, attempt, count);
        return ticket;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await FlushAsync(isLast: true);
        _stop.Dispose();
        _wake.Dispose();
    }

    internal void SetClient(LoginTicket ticket, string client)
    {
        lock (_lock)
        {
            if (ticket.IsWaiting && client.Length > 0)
            {
                ticket.IsWaiting = false;
                MakeReady(ticket.Entry with { Client = LogText.Line(client, ClientCharsMax) });
            }
        }
    }

    /// <summary>Writes what is due; for tests without waiting for the clock.</summary>
    /// <param name="isLast">Whether what waits for its client is due too.</param>
    internal async Task FlushAsync(bool isLast)
    {
        LoginEntry[] entries;
        lock (_lock)
        {
            var due = isLast ? DateTimeOffset.MaxValue : _time.GetUtcNow() - _limits.Patience;
            while (_waiting.TryPeek(out var oldest) && (!oldest.IsWaiting || oldest.Entry.First <= due))
            {
                EndWait();
            }

            entries = [.. _ready.Values];
            _ready = [];
            if (_waiting.Count > 0 && !isLast && _wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }

        TellDropped(isLast);
        try
        {
            foreach (var some in entries.Chunk(_store.Limits.LoginsAtOnceMax))
            {
                await _store.Logins.AddAsync(some);
                _isFailing = false;
            }
        }
        catch (StoreException e)
        {
            // Once, until it works again: a full disk is complained of elsewhere too.
            if (!_isFailing)
            {
                LogLost(_logger, entries.Length, e);
            }

            _isFailing = true;
        }
    }

    private static UInt128 KeyOf(LoginEntry entry) => BinaryPrimitives.ReadUInt128BigEndian(entry.Key());

    private static LoginEntry ToEntry(LoginAttempt attempt, DateTimeOffset now) => new()
    {
        Account = attempt.Account ?? LoginEntry.Nobody,
        Address = LogText.Word(attempt.Address, LogText.AddressCharsMax),
        Remote = Text(attempt.Remote),
        Mechanism = LogText.Word(attempt.Mechanism, WordCharsMax),
        Protocol = LogText.Word(attempt.Protocol, WordCharsMax),
        Tls = LogText.Word(attempt.Tls, WordCharsMax),
        PublicKey = LogText.Word(attempt.Key, WordCharsMax),
        Client = LogText.Line(attempt.Client, ClientCharsMax),
        Outcome = attempt.Outcome.Word(),
        IsSuccess = attempt.Outcome == LoginOutcome.Ok,
        First = now,
        Last = now,
    };

    private static string Text(IPAddress remote) => (remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString();

    private static string OrDash(string text) => text.Length == 0 ? "-" : text;

    private void Wait(LoginTicket ticket)
    {
        ticket.IsWaiting = true;
        _waiting.Enqueue(ticket);
        if (_waiting.Count > _limits.WaitingMax)
        {
            EndWait();
        }
    }

    private void EndWait()
    {
        var ticket = _waiting.Dequeue();
        if (ticket.IsWaiting)
        {
            ticket.IsWaiting = false;
            MakeReady(ticket.Entry);
        }
    }

    private void MakeReady(LoginEntry entry)
    {
        var key = KeyOf(entry);
        if (_ready.TryGetValue(key, out var same))
        {
            // The wall clock may have been set back.
            _ready[key] = same with { Count = same.Count + 1, First = Min(same.First, entry.First), Last = Max(same.Last, entry.Last) };
        }
        else if (_ready.Count < (entry.IsSuccess ? _limits.EntriesMax : _limits.FailedEntriesMax))
        {
            _ready.Add(key, entry);
        }
        else
        {
            Dropped++;
            _unreported++;
        }
    }

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private void TellDropped(bool isLast)
    {
        long dropped;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (_unreported == 0 || (!isLast && now - _lastNotice < NoticePause))
            {
                return;
            }

            (dropped, _unreported, _lastNotice) = (_unreported, 0, now);
        }

        LogDropped(_logger, dropped);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token);
                await Task.Delay(_limits.Patience, _time, _stop.Token);
                await FlushAsync(isLast: false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the last flush is the owner's.
        }
    }

    private void Log(LoginEntry entry, LoginAttempt attempt, long count)
    {
        var account = attempt.Account is null ? "-" : OrDash(LogText.Word(attempt.AccountName, LogText.AddressCharsMax));
        var (address, tls, key) = (OrDash(entry.Address), OrDash(entry.Tls), OrDash(entry.PublicKey));
        if (attempt.Outcome.IsAlarming())
        {
            LogAlarm(
                _logger, entry.Outcome, attempt.Cid, account, address, entry.Mechanism, entry.Protocol, tls, key, entry.Remote, count, LoginOutcomes.InTheMiddle);
        }
        else
        {
            LogLogin(_logger, entry.Outcome, attempt.Cid, account, address, entry.Mechanism, entry.Protocol, tls, key, entry.Remote, count);
        }
    }

    // The form of these two lines is documented (docs/manual/logins.md): tools read them.
    [LoggerMessage(
        EventId = 2001,
        Level = LogLevel.Information,
        Message = "login {Result} cid={Cid} account={Account} address={Address} mechanism={Mechanism} protocol={Protocol} tls={Tls} key={Key} remote={Remote} count={Count}")]
    private static partial void LogLogin(
        ILogger logger, string result, string cid, string account, string address, string mechanism, string protocol, string tls, string key, string remote, long count);

    [LoggerMessage(
        EventId = 2002,
        Level = LogLevel.Warning,
        Message = "login {Result} cid={Cid} account={Account} address={Address} mechanism={Mechanism} protocol={Protocol} tls={Tls} key={Key} remote={Remote} count={Count} "
            + "note={Note}")]
    private static partial void LogAlarm(
        ILogger logger, string result, string cid, string account, string address, string mechanism, string protocol, string tls, string key, string remote, long count,
        string note);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "login history not written, these are in the log only entries={Entries}")]
    private static partial void LogLost(ILogger logger, int entries, Exception fault);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "too many logins at once, some are in the log only attempts={Attempts}")]
    private static partial void LogDropped(ILogger logger, long attempts);

    private readonly record struct Counter(long Count, long Last);
}
