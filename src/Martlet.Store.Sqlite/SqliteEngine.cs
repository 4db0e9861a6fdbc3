using System.Collections.Concurrent;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using SQLitePCL;

namespace Martlet.Store.Sqlite;

/// <summary>The embedded engine: one database file in write-ahead mode, one writing connection, some reading ones, and a thread for checkpoints.</summary>
internal sealed class SqliteEngine : IStoreEngine
{
    private const int CheckpointPages = 4_096;      // 16 MB of log: often enough that recovery stays short, seldom enough to write each page once.
    private const int PageBytes = 4096;
    private const int RestartPages = 65_536;        // 256 MB: readers held the log back for long; the writer itself waits them out.

    private readonly string _path;
    private readonly int _loggedFlagsMin;
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private readonly SemaphoreSlim _readersFree = new(Math.Max(4, 2 * Environment.ProcessorCount));
    private readonly AutoResetEvent _checkpointDue = new(initialState: false);
    private readonly Thread _checkpointer;
    private readonly Sql.Database _checkpointing;
    private SqliteWriter _writer;
    private volatile int _logPages;
    private int _pagesWritten;
    private volatile bool _isStopping;

    /// <summary>Opens a database, which is made when it is missing.</summary>
    /// <param name="path">File.</param>
    /// <param name="loggedFlagsMin">Messages of one flag change from which on it goes to the flag log.</param>
    public SqliteEngine(string path, int loggedFlagsMin)
    {
        _loggedFlagsMin = loggedFlagsMin;
        _path = path;
        _writer = new SqliteWriter(_path, _loggedFlagsMin);
        try
        {
            // Opened here, where a failure has a caller: on its thread it would end the process.
            _checkpointing = new Sql.Database(_path, isWriter: true);
            _checkpointing.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL;");
        }
        catch
        {
            _checkpointing?.Dispose();
            _writer.Dispose();
            throw;
        }

        _checkpointer = new Thread(Checkpoint) { IsBackground = true, Name = "store checkpoint" };
        _checkpointer.Start();
    }

    public void Commit(WriteBatch batch)
    {
        _writer.Commit(batch);
        if (_logPages >= RestartPages)
        {
            raw.sqlite3_wal_checkpoint_v2(_writer.Database.Handle, null, raw.SQLITE_CHECKPOINT_RESTART, out _, out _);
            _logPages = 0;
        }

        // A row is about a page of log, and each commit touches a handful of inner pages.
        _pagesWritten += batch.RowCount + 5 + (int)(batch.SnapshotParts.Sum(part => (long)part.Columns.Length) / PageBytes);
        if (_pagesWritten >= CheckpointPages)
        {
            _pagesWritten = 0;
            _checkpointDue.Set();
        }
    }

    public bool FoldFlags(int messages) => _writer.FoldFlags(messages);

    public void Recover()
    {
        _writer.Dispose();
        _writer = new SqliteWriter(_path, _loggedFlagsMin);
    }

    public DirectoryContents LoadDirectory() => Read(reader => reader.LoadDirectory());

    public AccountContents? LoadAccount(AccountId account) => Read(reader => reader.LoadAccount(account));

    public void LoadMessages(AccountId account, MailboxId mailbox, MessageRowSink sink)
    {
        var reader = Take();
        try
        {
            reader.LoadMessages(account, mailbox, sink);
        }
        finally
        {
            Give(reader);
        }
    }

    public bool LoadSnapshot(AccountId account, MailboxId mailbox, ISnapshotSink sink) => Read(reader => reader.LoadSnapshot(account, mailbox, sink));

    public void ReadEmails(AccountId account, ReadOnlySpan<EmailId> emails, EmailSink sink)
    {
        var reader = Take();
        try
        {
            reader.ReadEmails(account, emails, sink);
        }
        finally
        {
            Give(reader);
        }
    }

    public byte[]? ReadAnnotation(AccountId account, MailboxId owner, string name) => Read(reader => reader.ReadAnnotation(account, owner, name));

    public IReadOnlyList<LoginRow> ReadLogins(AccountId account, int limit) => Read(reader => reader.ReadLogins(account, limit));

    public DateTimeOffset? ReadOldestLogin() => Read(reader => reader.ReadOldestLogin());

    public ExpungedUids ReadExpunged(AccountId account, MailboxId mailbox, ModSeq after) => Read(reader => reader.ReadExpunged(account, mailbox, after));

    public OldTombstones ReadOldTombstones(AccountId account, MailboxId mailbox, int count) => Read(reader => reader.ReadOldTombstones(account, mailbox, count));

    public KeywordUse ReadKeywordUse(AccountId account) => Read(reader => reader.ReadKeywordUse(account));

    public IReadOnlyList<Tombstone> ReadTombstones(AccountId account, MailboxId mailbox) => Read(reader => reader.ReadTombstones(account, mailbox));

    public IReadOnlyList<DeadEmailRow> ReadDeadEmails(AccountId account, EmailId after, int limit) => Read(reader => reader.ReadDeadEmails(account, after, limit));

    public IReadOnlyList<SegmentState> ReadSegments() => Read(reader => reader.ReadSegments());

    public bool HasEmailsIn(long segment) => Read(reader => reader.HasEmailsIn(segment));

    /// <summary>Numbers of the large files that emails refer to.</summary>
    public IReadOnlyList<long> ReadLargeFiles() => Read(reader => reader.ReadLargeFiles());

    public void ScanEmails(EmailScanSink sink) => Read(reader =>
    {
        reader.ScanEmails(sink);
        return 0;
    });

    public IReadOnlyList<string> CheckIntegrity() => Read(reader => reader.CheckIntegrity());

    public IReadOnlyList<string> FindStrays() => Read(reader => reader.FindStrays());

    public void Dispose()
    {
        _isStopping = true;
        _checkpointDue.Set();
        _checkpointer.Join();
        _checkpointing.Dispose();
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }

        _writer.Dispose(); // The last connection folds the log into the file.
        _checkpointDue.Dispose();
        _readersFree.Dispose();
    }

    // Off the writer thread: a checkpoint reads the log and writes the file while commits go on.
    private void Checkpoint()
    {
        while (true)
        {
            _checkpointDue.WaitOne();
            if (_isStopping)
            {
                return;
            }

            raw.sqlite3_wal_checkpoint_v2(_checkpointing.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var logPages, out var donePages);
            // What is left is held back by a reader or by commits that came meanwhile.
            _logPages = logPages - donePages;
        }
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        var reader = Take();
        try
        {
            return read(reader);
        }
        finally
        {
            Give(reader);
        }
    }

    private SqliteReader Take()
    {
#pragma warning disable VSTHRD103, MA0042, MA0045 // Reads are synchronous and short; the count keeps readers from starving the writer of CPU.
        _readersFree.Wait();
#pragma warning restore VSTHRD103, MA0042, MA0045
        try
        {
            return _readers.TryTake(out var reader) ? reader : new SqliteReader(_path);
        }
        catch
        {
            _readersFree.Release();
            throw;
        }
    }

    private void Give(SqliteReader reader)
    {
        _readers.Add(reader);
        _readersFree.Release();
    }
}
