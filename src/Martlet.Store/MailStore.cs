using Martlet.Store.Changes;
using Martlet.Store.Consistency;
using Martlet.Store.Directory;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Reading;
using Martlet.Store.Writing;
using Microsoft.Extensions.Logging;

namespace Martlet.Store;

/// <summary>
/// The mail store: the one place through which mail, mailboxes and accounts change, whichever protocol asked. Each operation is one transaction, one modseq and
/// one announcement; its task completes when the disk has it.
/// </summary>
/// <remarks>
/// Thread safe. Refusals are values (<see cref="StoreResult{T}"/>); failures of the disk are <see cref="StoreException"/> and change nothing. It knows no
/// protocol and no SQL: rows are the engine's, bytes the blob store's.
/// </remarks>
public sealed class MailStore : IAsyncDisposable
{
    private readonly IStoreEngine _engine;
    private readonly IBlobStore _blobs;
    private readonly AccountCache _accounts;
    private readonly StoreWriter _writer;
    private readonly Housekeeper _housekeeper;
    private readonly SnapshotKeeper _snapshots;
    private readonly TimeProvider _time;
    private long _cacheClock;
    private int _largeUnderWay;

    private MailStore(IStoreEngine engine, IBlobStore blobs, StoreLimits limits, TimeProvider time, ILogger logger)
    {
        _engine = engine;
        _blobs = blobs;
        Limits = limits;
        Directory = new AccountDirectory(DirectoryState.Load(engine.LoadDirectory()));
        _time = time;
        _accounts = new AccountCache(engine, limits);
        _snapshots = new SnapshotKeeper(RunAsync);
        _writer = new StoreWriter(engine, blobs, limits, () => new WriteContext(engine, blobs, _accounts, Directory, limits, time), _accounts.Forget, logger);
        Settings = new SettingsStore(_writer);
        Logins = new LoginHistory(_writer, engine, limits, time);
        _housekeeper = new Housekeeper(this, time, logger);
        _writer.WorkLeft = _housekeeper.Wake;
    }

    /// <summary>Limits in force.</summary>
    public StoreLimits Limits { get; }

    /// <summary>Domains, accounts and addresses.</summary>
    public AccountDirectory Directory { get; }

    /// <summary>Changes of domains, aliases, settings, administrators and sessions of the web pages.</summary>
    public SettingsStore Settings { get; }

    /// <summary>Who logged in or tried to.</summary>
    public LoginHistory Logins { get; }

    /// <summary>Group commits since the start.</summary>
    public long Batches => _writer.Batches;

    /// <summary>Looks on from the next operation on.</summary>
    public IStoreObserver Observer
    {
        get => _writer.Observer;
        set => _writer.Observer = value;
    }

    /// <summary>What the store holds in memory and has to do, now. Walks the loaded mailboxes.</summary>
    public StoreLoad Load => StoreLoad.Of(_accounts, _writer);

    /// <summary>Opens a store over an engine, which it owns from now on.</summary>
    public static MailStore Open(IStoreEngine engine, IBlobStore blobs, StoreLimits limits, TimeProvider time, ILogger logger) =>
        new(engine, blobs, limits, time, logger);

    /// <summary>The account, loaded when needed; null when it does not exist. About 1 ms when it was not in memory.</summary>
    public Account? OpenAccount(AccountId id) => _accounts.Get(id);

    /// <summary>The limits that hold for an account now: its own, or the server's.</summary>
    public QuotaLimits QuotaOf(Account account) => QuotaLimits.Of(account.Row, Directory.Current.Settings);

    /// <summary>Makes an account with INBOX and the special-use mailboxes. NoSuchDomain, AlreadyExists.</summary>
    /// <param name="address">Normalized address.</param>
    /// <param name="passwordHash">Encoded hash; null when no password shall log in.</param>
    /// <param name="secrets">Encoded secrets of the same password, one a line.</param>
    public Task<StoreResult<Account>> AddAccountAsync(string address, string? passwordHash, string secrets = "") =>
        RunAsync(new AddAccount(address, new AccountAccess { PasswordHash = passwordHash, Secrets = secrets, PasswordNumber = 1 }, _accounts));

    /// <summary>Removes an account and all its mail. NoSuchAccount.</summary>
    public Task<StoreResult<Done>> RemoveAccountAsync(AccountId account, ChangeOrigin? origin = null) => RunAsync(new RemoveAccount(account) { Origin = origin });

    /// <summary>Sets another password. Sessions that logged in with the one before are woken to find that out. NoSuchAccount.</summary>
    /// <param name="account">Account.</param>
    /// <param name="passwordHash">Encoded hash; null when no password shall log in.</param>
    /// <param name="secrets">Encoded secrets of the same password, one a line.</param>
    public Task<StoreResult<Done>> SetPasswordAsync(AccountId account, string? passwordHash, string secrets = "") =>
        ChangeAccessAsync(account, access => access with { PasswordHash = passwordHash, Secrets = secrets, PasswordNumber = access.PasswordNumber + 1 });

    /// <summary>Stores the same password in another encoding. NoSuchAccount; Changed when the password is another one by now.</summary>
    public Task<StoreResult<Done>> RecodePasswordAsync(AccountId account, int passwordNumber, string? passwordHash, string secrets) =>
        ChangeAccessAsync(account, access => access.PasswordNumber == passwordNumber ? access with { PasswordHash = passwordHash, Secrets = secrets } : null);

    /// <summary>Refuses logins with a text for people, or allows them again with null. Sessions are woken to find that out. NoSuchAccount.</summary>
    public Task<StoreResult<Done>> SetDisabledAsync(AccountId account, string? text) => ChangeAccessAsync(account, access => access with { DisabledText = text });

    /// <summary>Gives an account a key that logs in. NoSuchAccount (also when the address is not its own), AlreadyExists, BadName, LimitReached.</summary>
    public Task<StoreResult<Done>> AddKeyAsync(LoginKey key) => RunAsync(new AddKey(key));

    /// <summary>Takes a key away. Sessions that it opened are woken to find that out. NoSuchKey.</summary>
    public Task<StoreResult<LoginKey>> RemoveKeyAsync(string fingerprint) => RunAsync(new RemoveKey(fingerprint));

    /// <summary>Gives an account one more address. NoSuchAccount, NoSuchDomain, AlreadyExists, LimitReached.</summary>
    public Task<StoreResult<Done>> AddAddressAsync(AccountId account, string address) => RunAsync(new AddAddress(account, address));

    /// <summary>Takes an address from its account, with the keys that log in as it. NoSuchAccount; InUse when it is the account's name.</summary>
    public Task<StoreResult<AccountId>> RemoveAddressAsync(string address) => RunAsync(new RemoveAddress(address));

    /// <summary>Sets the limits; 0 is the server's default, <see cref="QuotaLimits.None"/> none, null leaves one as it is. Mail over a new limit stays. NoSuchAccount.</summary>
    public Task<StoreResult<Done>> SetQuotaAsync(AccountId account, long? bytes, long? messages) =>
        RunAsync(new ChangeAccount(account, row => row with { QuotaBytes = bytes ?? row.QuotaBytes, QuotaMessages = messages ?? row.QuotaMessages }));

    /// <summary>Sets which IMAP capabilities the account's clients are not told of, from their next login on. NoSuchAccount, BadName, LimitReached.</summary>
    /// <param name="account">Account.</param>
    /// <param name="hide">Names to hide from now on.</param>
    /// <param name="show">Names not to hide any more.</param>
    public Task<StoreResult<Done>> HideCapabilitiesAsync(AccountId account, IReadOnlyCollection<string> hide, IReadOnlyCollection<string> show) =>
        RunAsync(new HideCapabilities(account, hide, show));

    /// <summary>Makes a mailbox and the missing ones above it. BadName, MailboxExists, LimitReached.</summary>
    public Task<StoreResult<Mailbox>> CreateMailboxAsync(Account account, string name, SpecialUse use = SpecialUse.None) =>
        RunAsync(new CreateMailbox(account, name, use));

    /// <summary>Deletes a mailbox with its messages. NoSuchMailbox, HasChildren, BadName for INBOX.</summary>
    public Task<StoreResult<Done>> DeleteMailboxAsync(Mailbox mailbox, ChangeOrigin? origin = null) => RunAsync(new DeleteMailbox(mailbox) { Origin = origin }, mailbox);

    /// <summary>Renames a mailbox with its children; of INBOX, moves the messages. NoSuchMailbox, BadName, MailboxExists, LimitReached.</summary>
    public Task<StoreResult<Mailbox>> RenameMailboxAsync(Mailbox mailbox, string newName, ChangeOrigin? origin = null) =>
        RunAsync(new RenameMailbox(mailbox, newName) { Origin = origin }, mailbox);

    /// <summary>Subscribes or unsubscribes a name, existing or not. BadName, LimitReached.</summary>
    public Task<StoreResult<Done>> SetSubscribedAsync(Account account, string name, bool isSubscribed) =>
        RunAsync(new SetSubscribed(account, name, isSubscribed));

    /// <summary>
    /// Sets and removes annotations of a mailbox, or of the account itself, and a mailbox's special use: all or none. NoSuchAccount, NoSuchMailbox, BadName,
    /// ValueTooLarge, LimitReached, BadUse.
    /// </summary>
    /// <param name="account">Account.</param>
    /// <param name="mailbox">One of its mailboxes; null for annotations of the account itself.</param>
    /// <param name="changes">Changes, in order.</param>
    /// <param name="use">New special use, taken from the mailbox that has it; null leaves it.</param>
    /// <returns>Modseq of the change; of the mailbox or account when nothing had to be changed.</returns>
    public Task<StoreResult<ModSeq>> SetAnnotationsAsync(Account account, Mailbox? mailbox, IReadOnlyList<AnnotationChange> changes, SpecialUse? use = null) =>
        RunAsync(new SetAnnotations(account, mailbox, changes, use));

    /// <summary>Value of an annotation; null when there is none (any more). Blocks for the database, some microseconds.</summary>
    /// <param name="account">Account.</param>
    /// <param name="owner">Mailbox, or <see cref="AnnotationTable.Server"/>.</param>
    /// <param name="name">Normalized name; never <see cref="AnnotationName.SpecialUse"/>, which is in the mailbox's info.</param>
    public byte[]? ReadAnnotation(Account account, MailboxId owner, string name) => _engine.ReadAnnotation(account.Id, owner, name);

    /// <summary>Starts to take in a message.</summary>
    public MessageSpool NewSpool() => new(_blobs, Limits.SegmentMessageBytesMax);

    /// <summary>Puts messages into mailboxes, all or none. NoSuchMailbox, OverQuota, LimitReached.</summary>
    /// <remarks>Bytes of large messages are written by the caller's task, those of others by the writer's group commit.</remarks>
    public Task<StoreResult<IReadOnlyList<AddedMessage>>> AddMessagesAsync(IReadOnlyList<NewMessage> messages, ChangeOrigin? origin = null) => AddAsync(messages, replaced: null, origin);

    /// <summary>Puts a message in and takes another out, in one transaction with one modseq; both or neither. Their mailboxes may be the same one.</summary>
    /// <param name="message">The new message.</param>
    /// <param name="mailbox">Mailbox of the old one, in the same account.</param>
    /// <param name="uid">The old one.</param>
    /// <param name="origin">Who asks for it.</param>
    /// <returns>The new message; or NoSuchMailbox (either, also of another account), NoSuchMessage, LimitReached, or OverQuota by what is more than before.</returns>
    public async Task<StoreResult<AddedMessage>> ReplaceMessageAsync(NewMessage message, Mailbox mailbox, Uid uid, ChangeOrigin? origin = null)
    {
        await UseAsync(mailbox).ConfigureAwait(false);
        try
        {
            var result = await AddAsync([message], new ReplacedMessage(mailbox, uid), origin).ConfigureAwait(false);
            return result.IsDone ? result.Value[0] : result.Refusal;
        }
        finally
        {
            Interlocked.Decrement(ref mailbox.Index.Uses);
        }
    }

    /// <summary>Changes flags and keywords. NoSuchMailbox, LimitReached.</summary>
    /// <param name="mailbox">Mailbox.</param>
    /// <param name="uids">UIDs; missing ones are skipped.</param>
    /// <param name="change">How.</param>
    /// <param name="flags">System flags.</param>
    /// <param name="keywords">Keywords, valid IMAP atoms.</param>
    /// <param name="unchangedSince">Messages changed later are refused (RFC 7162 §3.1.3).</param>
    /// <remarks>Holds up the writer for about 10 ms for 100,000 messages: change more in pieces of that size, and not in smaller ones without need.</remarks>
    public Task<StoreResult<FlagsSet>> SetFlagsAsync(
        Mailbox mailbox, IReadOnlyList<Uid> uids, FlagChange change, MessageFlags flags, IReadOnlyCollection<string> keywords, ModSeq? unchangedSince = null) =>
        RunAsync(new SetFlags(mailbox, uids, change, flags, keywords, unchangedSince), mailbox);

    /// <summary>Takes messages out for good. NoSuchMailbox.</summary>
    /// <param name="mailbox">Mailbox.</param>
    /// <param name="uids">Ascending UIDs; missing ones are skipped.</param>
    /// <param name="onlyDeleted">Whether only those with \Deleted.</param>
    /// <param name="origin">Who asks for it.</param>
    public Task<StoreResult<Expunged>> ExpungeAsync(Mailbox mailbox, IReadOnlyList<Uid> uids, bool onlyDeleted = true, ChangeOrigin? origin = null) =>
        RunAsync(new Expunge(mailbox, uids, onlyDeleted) { Origin = origin }, mailbox);

    /// <summary>Copies messages into another mailbox of the account. NoSuchMailbox, OverQuota, LimitReached.</summary>
    /// <remarks>O(n) rows, no message bytes.</remarks>
    public Task<StoreResult<Copied>> CopyAsync(Mailbox source, IReadOnlyList<Uid> uids, Mailbox destination, ChangeOrigin? origin = null) =>
        RunAsync(new CopyMessages(source, uids, destination, isMove: false) { Origin = origin }, source);

    /// <summary>Moves messages into another mailbox of the account, in one transaction. NoSuchMailbox, LimitReached.</summary>
    public Task<StoreResult<Copied>> MoveAsync(Mailbox source, IReadOnlyList<Uid> uids, Mailbox destination, ChangeOrigin? origin = null) =>
        RunAsync(new CopyMessages(source, uids, destination, isMove: true) { Origin = origin }, source);

    /// <summary>Opens a mailbox for a session. Its messages are loaded when they are not in memory: some 20 ms for a million from a snapshot, 0.5 s from rows.</summary>
    /// <param name="mailbox">Mailbox.</param>
    /// <param name="signal">Set after each commit that touches the mailbox.</param>
    public async Task<MailboxView> OpenViewAsync(Mailbox mailbox, ChangeSignal signal)
    {
        await UseAsync(mailbox).ConfigureAwait(false);
        return new MailboxView(mailbox, signal);
    }

    /// <summary>Reads structure and place of emails into a batch, as many as it takes. Blocks for the database, some microseconds an email.</summary>
    public void ReadEmails(EmailBatch batch, Account account, ReadOnlySpan<EmailId> emails) => batch.Load(_engine, account.Id, emails);

    /// <summary>Reads bytes of a message.</summary>
    /// <param name="account">Account.</param>
    /// <param name="email">Email.</param>
    /// <param name="blob">Where its bytes were; updated when they have moved meanwhile.</param>
    /// <param name="offset">From which byte.</param>
    /// <param name="buffer">Filled as far as the message goes.</param>
    /// <returns>Bytes read.</returns>
    /// <exception cref="StoreException">The bytes are not there or not what was written.</exception>
    public int ReadBytes(Account account, EmailId email, ref BlobRef blob, long offset, Span<byte> buffer)
    {
        try
        {
            return _blobs.Read(blob, account.Id, offset, buffer);
        }
        catch (StoreException)
        {
            var before = blob;
            var now = blob;
            _engine.ReadEmails(account.Id, [email], (EmailId _, in BlobRef place, ReadOnlySpan<byte> _) =>
            {
                now = place;
                return true;
            });
            if (now == before)
            {
                throw;
            }

            blob = now;
            return _blobs.Read(blob, account.Id, offset, buffer);
        }
    }

    /// <summary>UIDs that were expunged from a mailbox after a modseq, ascending, as far as they are remembered. Blocks for the database.</summary>
    /// <remarks>Not for a client that must hear of all: <see cref="TryReadExpunged"/> says whether they are all there.</remarks>
    public IReadOnlyList<Uid> ReadExpunged(Mailbox mailbox, ModSeq after) => _engine.ReadExpunged(mailbox.Account.Id, mailbox.Id, after).Uids;

    /// <summary>UIDs that were expunged from a mailbox after a modseq: VANISHED (EARLIER) of RFC 7162 §3.2.5.2. Blocks for the database.</summary>
    /// <param name="mailbox">Mailbox.</param>
    /// <param name="after">What the caller knows of.</param>
    /// <param name="uids">All of them, ascending; four bytes each, and as a rule at most <see cref="StoreLimits.TombstonesPerMailboxMax"/>.</param>
    /// <returns>
    /// False when expunges after that modseq have been forgotten (RFC 7162 §3.2.7): the caller then tells all UIDs that its client may know and that are not there.
    /// </returns>
    public bool TryReadExpunged(Mailbox mailbox, ModSeq after, out IReadOnlyList<Uid> uids)
    {
        var found = _engine.ReadExpunged(mailbox.Account.Id, mailbox.Id, after);
        uids = found.Uids;
        return after >= found.Forgotten;
    }

    /// <summary>Checks that the store is consistent, in memory and on disk, while it runs. Changes wait as long.</summary>
    public async Task<StoreReport> CheckAsync(CheckDepth depth)
    {
        var result = await RunAsync(new CheckOperation(depth, _accounts, Directory, () => Volatile.Read(ref _largeUnderWay))).ConfigureAwait(false);
        return result.Value!;
    }

    /// <summary>Completes when the writer has come to it and the store is not failing: a look at whether changes get through. Writes nothing.</summary>
    /// <exception cref="StoreException">The store failed and could not be put right, or is stopping.</exception>
    public Task ProbeAsync() => RunAsync(new Probe());

    /// <summary>Finishes what waits and closes engine and files.</summary>
    public async ValueTask DisposeAsync()
    {
        await SaveSnapshotsAsync().ConfigureAwait(false);
        // The writer first: it wakes the housekeeper, whose operations are refused from here on.
        _writer.Dispose();
        await _housekeeper.DisposeAsync().ConfigureAwait(false);
        _blobs.Dispose();
        _engine.Dispose();
    }

    internal Task<StoreResult<Reaped>> ReapAsync((AccountId Account, EmailId Email) after) => RunAsync(new ReapEmails(_accounts, after));

    internal Task<StoreResult<bool>> CompactAsync(CompactionState state) => RunAsync(new CompactSegments(state));

    private Task<StoreResult<Done>> ChangeAccessAsync(AccountId account, Func<AccountAccess, AccountAccess?> change) =>
        RunAsync(new ChangeAccount(account, row => change(row.Access) is { } access ? row with { Access = access } : null));

    private async Task<StoreResult<IReadOnlyList<AddedMessage>>> AddAsync(IReadOnlyList<NewMessage> messages, ReplacedMessage? replaced, ChangeOrigin? origin)
    {
        var large = new BlobRef[messages.Count];
        var operation = new AddMessages(messages, large, replaced) { Origin = origin };
        var isKept = false;
        Interlocked.Increment(ref _largeUnderWay);
        try
        {
            await LargeWrites.WriteAsync(_blobs, messages, large).ConfigureAwait(false);
            var result = await RunAsync(operation).ConfigureAwait(false);
            isKept = result.IsDone;
            if (result.IsDone)
            {
                _writer.Observer.Added(messages, result.Value, origin);
            }

            return result;
        }
        catch (StoreException) when (operation.MayBeStored)
        {
            // The rows may be on disk although the commit failed: the writer finds out and removes the files or keeps them.
            isKept = true;
            throw;
        }
        finally
        {
            if (!isKept)
            {
                LargeWrites.Delete(_blobs, large);
            }

            Interlocked.Decrement(ref _largeUnderWay);
        }
    }

    internal Task<StoreResult<bool>> FoldFlagsAsync() => RunAsync(new FoldFlags());

    /// <summary>Stores the snapshots that wait for it; for tests without waiting for the housekeeper.</summary>
    internal Task SaveWaitingSnapshotsAsync() => _snapshots.SaveAsync(CancellationToken.None);

    internal Task<StoreResult<bool>> SaveSnapshotPartAsync(Mailbox mailbox, StoredSnapshot snapshot, int part) => RunAsync(new SaveSnapshotPart(mailbox, snapshot, part));

    /// <summary>What the housekeeper does with rows: each turn is a batch of its own, so that others get theirs in between.</summary>
    internal async Task TidyRowsAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && (await FoldFlagsAsync().ConfigureAwait(false)).Value)
        {
            // More.
        }

        await Logins.ForgetAsync(cancel).ConfigureAwait(false);

        foreach (var account in _accounts.Loaded)
        {
            foreach (var (_, mailbox) in account.Mailboxes.Where(mailbox => mailbox.Value.Info.Tombstones > Limits.TombstonesPerMailboxMax))
            {
                while (!cancel.IsCancellationRequested && (await RunAsync(new ForgetExpunged(mailbox)).ConfigureAwait(false)).Value)
                {
                    // More.
                }
            }

            if (account.LacksKeywords && !cancel.IsCancellationRequested)
            {
                await DropKeywordsAsync(account).ConfigureAwait(false);
            }
        }

        await _snapshots.SaveAsync(cancel).ConfigureAwait(false);
    }

    // Searching all messages of an account takes as long as loading them: not again and again for one that is full and stays so.
    private async Task DropKeywordsAsync(Account account)
    {
        var now = _time.GetUtcNow();
        if (now - account.KeywordsSearched < Limits.KeywordsDropPause)
        {
            return;
        }

        account.LacksKeywords = false;
        account.KeywordsSearched = now;
        for (var turn = 0; turn < 3 && !(await RunAsync(new DropKeywords(account, _engine.ReadKeywordUse(account.Id))).ConfigureAwait(false)).Value; turn++)
        {
            // The account changed between the search and its turn in the writer.
        }
    }

    private async Task SaveSnapshotsAsync()
    {
        using var stop = new CancellationTokenSource(Limits.SnapshotsAtStopMax, _time);
        try
        {
            await _snapshots.SaveAsync(stop.Token).ConfigureAwait(false);
            await _snapshots.SaveAsync(_accounts.Loaded.SelectMany(account => account.Mailboxes.Values), stop.Token).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // A disk that fails has been complained of; without snapshots the next start is slower.
        }
    }

    private Task<StoreResult<T>> RunAsync<T>(StoreOperation<T> operation)
    {
        _writer.Enqueue(operation);
        return operation.Completion;
    }

    // Operations that look at messages need the mailbox's index from before they are queued until they are done.
    private async Task<StoreResult<T>> RunAsync<T>(StoreOperation<T> operation, Mailbox mailbox)
    {
        await UseAsync(mailbox).ConfigureAwait(false);
        try
        {
            return await RunAsync(operation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref mailbox.Index.Uses);
        }
    }

    private async Task UseAsync(Mailbox mailbox)
    {
        Interlocked.Increment(ref mailbox.Index.Uses);
        try
        {
            Volatile.Write(ref mailbox.Index.LastUse, Interlocked.Increment(ref _cacheClock));
            if (!mailbox.Index.IsLoaded)
            {
                await mailbox.Index.LoadAsync(_engine).ConfigureAwait(false);
                if (mailbox.Info.Messages >= Limits.SnapshotMessagesMin)
                {
                    _snapshots.Loaded(mailbox);
                    _housekeeper.Wake();
                }

                TrimCache();
            }
        }
        catch
        {
            Interlocked.Decrement(ref mailbox.Index.Uses);
            throw;
        }
    }

    private void TrimCache()
    {
        var loaded = _accounts.Loaded.SelectMany(account => account.Mailboxes.Values).Where(mailbox => mailbox.Index.IsLoaded).ToList();
        var rows = loaded.Sum(mailbox => (long)mailbox.Index.CachedRows);
        foreach (var mailbox in loaded.OrderBy(mailbox => Volatile.Read(ref mailbox.Index.LastUse)))
        {
            if (rows <= Limits.CachedRowsMax)
            {
                return;
            }

            var freed = mailbox.Index.CachedRows;
            if (mailbox.Index.TryDrop(out var snapshot))
            {
                rows -= freed;
                if (snapshot is not null)
                {
                    _snapshots.Dropped(mailbox, snapshot);
                }

            }
        }
    }
}
