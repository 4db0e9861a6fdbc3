using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>One reading connection with its statements. Used by one thread at a time; readers never hold up the writer (WAL).</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string AccountColumns =
        "account, name, password_hash, modseq, next_email, next_mailbox, next_uidvalidity, bytes, messages, quota_bytes, quota_messages, hidden_capabilities, "
        + "secrets, password_number, disabled_text, display_name, quota_warned";

    private readonly Database _database;
    private readonly LoginReader _logins;
    private readonly Statement _begin, _commit, _account, _mailboxes, _keywords, _sets, _subscriptions, _annotations, _annotation, _messages;
    private readonly Statement _email, _emails, _expunged, _tombstones, _dead, _hasEmails;
    private readonly Statement _flagLog, _forgotten, _snapshot, _parts, _newMessages, _oldTombstone, _countTombstones, _modSeq, _mailboxNumbers, _setsInUse;

    public SqliteReader(string path)
    {
        _database = new Database(path, isWriter: false);
        _database.Execute("PRAGMA cache_size = -8192;");
        _logins = new LoginReader(_database);
        _begin = _database.Prepare("BEGIN");
        _commit = _database.Prepare("COMMIT");
        _account = _database.Prepare($"SELECT {AccountColumns} FROM account WHERE account = ?");
        _mailboxes = _database.Prepare(
            "SELECT mailbox, name, use, uidvalidity, uidnext, modseq, created, messages, unseen, deleted, bytes, deleted_bytes, forgotten, flags_changed, tombstones "
            + "FROM mailbox WHERE account = ?");
        _keywords = _database.Prepare("SELECT keyword, name FROM keyword WHERE account = ? ORDER BY keyword");
        _sets = _database.Prepare("SELECT kwset, members FROM keyword_set WHERE account = ? ORDER BY kwset");
        _subscriptions = _database.Prepare("SELECT name FROM subscription WHERE account = ?");
        _annotations = _database.Prepare("SELECT mailbox, name, modseq, length(value) FROM annotation WHERE account = ?");
        _annotation = _database.Prepare("SELECT value FROM annotation WHERE account = ? AND mailbox = ? AND name = ?");
        const string Messages = "SELECT uid, email, modseq, created, flags, kwset, size, received, zone, saved FROM message WHERE account = ? AND mailbox = ?";
        _messages = _database.Prepare(Messages + " ORDER BY uid");
        _newMessages = _database.Prepare(Messages + " AND uid >= ? ORDER BY uid");
        _flagLog = _database.Prepare("SELECT modseq, changes FROM flag_log WHERE account = ? AND mailbox = ?");
        _forgotten = _database.Prepare("SELECT forgotten FROM mailbox WHERE account = ? AND mailbox = ?");
        // Usable when no flags changed since, and when all that was expunged since is known. Rows are never older than what is read of them.
        _snapshot = _database.Prepare(
            "SELECT s.modseq, s.uidnext, s.parts FROM snapshot s JOIN mailbox m ON m.account = s.account AND m.mailbox = s.mailbox "
            + "WHERE s.account = ? AND s.mailbox = ? AND s.modseq <= m.modseq AND s.modseq >= m.flags_changed AND s.modseq >= m.forgotten");
        _parts = _database.Prepare("SELECT checksum, columns FROM snapshot_part WHERE account = ? AND mailbox = ? AND modseq = ? ORDER BY part");
        _oldTombstone = _database.Prepare("SELECT modseq FROM expunged WHERE account = ? AND mailbox = ? ORDER BY modseq, uid LIMIT 1 OFFSET ?");
        _countTombstones = _database.Prepare("SELECT count(*) FROM expunged WHERE account = ? AND mailbox = ? AND modseq <= ?");
        _modSeq = _database.Prepare("SELECT modseq FROM account WHERE account = ?");
        _mailboxNumbers = _database.Prepare("SELECT mailbox FROM mailbox WHERE account = ?");
        _setsInUse = _database.Prepare("SELECT DISTINCT kwset FROM message WHERE account = ? AND mailbox = ?");
        _email = _database.Prepare("SELECT kind, file, off, len, meta FROM email WHERE id = ?");
        _emails = _database.Prepare("SELECT id, kind, file, off, len, meta FROM email WHERE id BETWEEN ? AND ? ORDER BY id");
        _expunged = _database.Prepare("SELECT uid FROM expunged WHERE account = ? AND mailbox = ? AND modseq > ? ORDER BY uid");
        _tombstones = _database.Prepare("SELECT modseq, uid FROM expunged WHERE account = ? AND mailbox = ?");
        _hasEmails = _database.Prepare("SELECT 1 FROM email WHERE kind = 0 AND file = ? LIMIT 1");
        _dead = _database.Prepare("SELECT id, kind, file, off, len FROM email INDEXED BY email_dead WHERE refs = 0 AND id > ? ORDER BY id LIMIT ?");
    }

    public DirectoryContents LoadDirectory() => InSnapshot(() =>
    {
        var accounts = List(_database, $"SELECT {AccountColumns} FROM account", Account);
        var addresses = List(_database, "SELECT address, account FROM address", row => new AddressRow(row.Text(0)!, new AccountId(row.Int32(1))));
        var keys = List(
            _database, "SELECT fingerprint, account, address, name, type, preauth, added FROM login_key",
            row => new LoginKey(row.Text(0)!, new AccountId(row.Int32(1)), row.Text(2)!, row.Text(3)!, row.Text(4)!, row.Int32(5) != 0, row.Int64(6)));
        var next = new AccountId((int)_database.Scalar("SELECT value FROM info WHERE name = 'next_account'"));
        return SettingsReader.Read(accounts, addresses, keys, next, new RowLists(_database));
    });

    public AccountContents? LoadAccount(AccountId id) => InSnapshot(() =>
    {
        _account.Bind(id.Value);
        if (!_account.Step())
        {
            return null;
        }

        var account = Account(_account);
        _account.Reset();
        var mailboxes = List(_mailboxes.Bind(id.Value), row => new MailboxRow(id, new MailboxId(row.Int32(0)), Mailbox(row)));
        var keywords = List(_keywords.Bind(id.Value), row => (row.Int32(0), row.Text(1)!));
        var sets = List(_sets.Bind(id.Value), row => (row.Int32(0), Members(row, 1)));
        var subscriptions = List(_subscriptions.Bind(id.Value), row => row.Text(0)!);
        var annotations = List(
            _annotations.Bind(id.Value), row => new StoredAnnotation(new MailboxId(row.Int32(0)), row.Text(1)!, new Annotation(new ModSeq(row.Int64(2)), row.Int32(3))));
        return new AccountContents(account, mailboxes, KeywordTable.Load(keywords, sets), subscriptions, annotations);
    });

    public void LoadMessages(AccountId account, MailboxId mailbox, MessageRowSink sink) => InSnapshot(() =>
    {
        var log = List(_flagLog.Bind(account.Value).Bind(mailbox.Value), row => FlagRecord.Decode(new ModSeq(row.Int64(0)), row.Blob(1)));
        ReadMessages(_messages.Bind(account.Value).Bind(mailbox.Value), log.Count == 0 ? null : new FlagOverlay(log), sink);
        return log.Count;
    });

    public bool LoadSnapshot(AccountId account, MailboxId mailbox, ISnapshotSink sink) => InSnapshot(() =>
    {
        if (!_snapshot.Bind(account.Value).Bind(mailbox.Value).Step())
        {
            return false;
        }

        var (modSeq, uidNext, parts) = (_snapshot.Int64(0), _snapshot.Int64(1), _snapshot.Int32(2));
        _snapshot.Reset();
        if (!ReadParts(account, mailbox, modSeq, parts, sink))
        {
            return false;
        }

        // The flag log has nothing newer: the snapshot would not be usable.
        ReadMessages(_newMessages.Bind(account.Value).Bind(mailbox.Value).Bind(uidNext), overlay: null, sink.Added);
        sink.Expunged(List(_expunged.Bind(account.Value).Bind(mailbox.Value).Bind(modSeq), row => new Uid((uint)row.Int64(0))));
        return true;
    });

    // One transaction for all: without, each row locks and unlocks the file, which costs more than the row.
    public void ReadEmails(AccountId account, ReadOnlySpan<EmailId> emails, EmailSink sink)
    {
        if (emails.Length == 1)
        {
            ReadEmail(account, emails[0], sink);
            return;
        }

        _begin.Run();
        try
        {
            var isWanted = true;
            while (isWanted && !emails.IsEmpty)
            {
                var count = RunLength(emails);
                isWanted = count == 1 ? ReadEmail(account, emails[0], sink) : ReadRun(account, emails[..count], sink);
                emails = emails[count..];
            }
        }
        finally
        {
            _commit.Run();
        }
    }

    public byte[]? ReadAnnotation(AccountId account, MailboxId owner, string name) =>
        List(_annotation.Bind(account.Value).Bind(owner.Value).Bind(name), row => row.Blob(0).ToArray()).FirstOrDefault();

    public List<LoginRow> ReadLogins(AccountId account, int limit) => _logins.Read(account, limit);

    public DateTimeOffset? ReadOldestLogin() => _logins.ReadOldest();

    public ExpungedUids ReadExpunged(AccountId account, MailboxId mailbox, ModSeq after) => InSnapshot(() =>
    {
        var forgotten = List(_forgotten.Bind(account.Value).Bind(mailbox.Value), row => row.Int64(0));
        var uids = List(_expunged.Bind(account.Value).Bind(mailbox.Value).Bind(after.Value), row => new Uid((uint)row.Int64(0)));
        return new ExpungedUids(uids, new ModSeq(forgotten.Count == 0 ? 0 : forgotten[0]));
    });

    public OldTombstones ReadOldTombstones(AccountId account, MailboxId mailbox, int count) => InSnapshot(() =>
    {
        var last = List(_oldTombstone.Bind(account.Value).Bind(mailbox.Value).Bind(count - 1), row => row.Int64(0));
        if (last.Count == 0)
        {
            return default;
        }

        var all = List(_countTombstones.Bind(account.Value).Bind(mailbox.Value).Bind(last[0]), row => row.Int32(0));
        return new OldTombstones(new ModSeq(last[0]), all[0]);
    });

    public KeywordUse ReadKeywordUse(AccountId account) => InSnapshot(() =>
    {
        var sets = new HashSet<KeywordSetId>();
        foreach (var mailbox in List(_mailboxNumbers.Bind(account.Value), row => row.Int64(0)))
        {
            // Rows under the flag log count too: what they have is not seen, but a set too many costs nothing.
            sets.UnionWith(List(_setsInUse.Bind(account.Value).Bind(mailbox), row => new KeywordSetId(row.Int32(0))));
            foreach (var record in List(_flagLog.Bind(account.Value).Bind(mailbox), row => FlagRecord.Decode(new ModSeq(row.Int64(0)), row.Blob(1))))
            {
                sets.UnionWith(record.KeywordSets);
            }
        }

        var modSeq = List(_modSeq.Bind(account.Value), row => row.Int64(0));
        return new KeywordUse(sets, new ModSeq(modSeq.Count == 0 ? 0 : modSeq[0]));
    });

    public List<Tombstone> ReadTombstones(AccountId account, MailboxId mailbox) =>
        List(_tombstones.Bind(account.Value).Bind(mailbox.Value), row => new Tombstone(new Uid((uint)row.Int64(1)), new ModSeq(row.Int64(0))));

    public List<DeadEmailRow> ReadDeadEmails(AccountId owner, EmailId after, int limit) => List(_dead.Bind(SqliteWriter.Key(owner, after)).Bind(limit), row =>
    {
        var (account, email) = Split(row.Int64(0));
        return new DeadEmailRow(account, email, Blob(row, 1));
    });

    public List<SegmentState> ReadSegments() =>
        List(_database, "SELECT seg, written, live FROM segment ORDER BY seg", row => new SegmentState(row.Int64(0), row.Int64(1), row.Int64(2)));

    public List<long> ReadLargeFiles() => List(_database, "SELECT file FROM email WHERE kind = 1", row => row.Int64(0));

    public bool HasEmailsIn(long segment) => List(_hasEmails.Bind(segment), _ => true).Count > 0;

    public void ScanEmails(EmailScanSink sink)
    {
        using var statement = _database.Prepare("SELECT id, refs, kind, file, off, len, meta FROM email ORDER BY id");
        while (statement.Step())
        {
            var (account, email) = Split(statement.Int64(0));
            sink(account, email, statement.Int32(1), Blob(statement, 2), statement.Blob(6));
        }
    }

    public List<string> CheckIntegrity()
    {
        var complaints = List(_database, "PRAGMA integrity_check(100)", row => row.Text(0) ?? "");
        return complaints is ["ok"] ? [] : complaints;
    }

    public List<string> FindStrays()
    {
        var strays = new List<string>();
        foreach (var table in (ReadOnlySpan<string>)["mailbox", "subscription", "keyword", "keyword_set", "annotation", "login"])
        {
            strays.AddRange(List(
                _database, $"SELECT account, count(*) FROM {table} WHERE account NOT IN (SELECT account FROM account) "
                + $"AND NOT (account = 0 AND '{table}' = 'login') GROUP BY account", // Those are of no account.
                row => $"{row.Int64(1)} rows of table {table} belong to account number {row.Int64(0)}, which does not exist"));
        }

        foreach (var table in (ReadOnlySpan<string>)["message", "expunged", "flag_log", "snapshot", "snapshot_part", "annotation"])
        {
            strays.AddRange(List(
                _database,
                $"SELECT account, mailbox, count(*) FROM {table} m WHERE NOT EXISTS (SELECT 1 FROM mailbox b WHERE b.account = m.account AND b.mailbox = m.mailbox) "
                + $"AND NOT (mailbox = 0 AND '{table}' = 'annotation') GROUP BY account, mailbox", // Those are of the account itself.
                row => $"{row.Int64(2)} rows of table {table} belong to mailbox number {row.Int64(1)} of account number {row.Int64(0)}, which does not exist"));
        }

        return strays;
    }

    public void Dispose() => _database.Dispose();

    private static (AccountId Account, EmailId Email) Split(long id) => (new AccountId((int)(id >> 36)), new EmailId(id & ((1L << 36) - 1)));

    private static BlobRef Blob(Statement row, int at) => new((BlobKind)row.Int32(at), row.Int64(at + 1), row.Int64(at + 2), row.Int64(at + 3));

    private static AccountRow Account(Statement row) => new()
    {
        Id = new AccountId(row.Int32(0)),
        Name = row.Text(1)!,
        ModSeq = new ModSeq(row.Int64(3)),
        NextEmail = new EmailId(row.Int64(4)),
        NextMailbox = new MailboxId(row.Int32(5)),
        NextUidValidity = new UidValidity((uint)row.Int64(6)),
        Bytes = row.Int64(7),
        Messages = row.Int64(8),
        QuotaBytes = row.Int64(9),
        QuotaMessages = row.Int64(10),
        HiddenCapabilities = row.Text(11)!,
        DisplayName = row.Text(15)!,
        QuotaWarned = row.Int32(16),
        Access = new AccountAccess { PasswordHash = row.Text(2), Secrets = row.Text(12)!, PasswordNumber = row.Int32(13), DisabledText = row.Text(14) },
    };

    private static MailboxInfo Mailbox(Statement row) => new()
    {
        Name = row.Text(1)!,
        Use = (SpecialUse)row.Int32(2),
        UidValidity = new UidValidity((uint)row.Int64(3)),
        UidNext = new Uid((uint)row.Int64(4)),
        ModSeq = new ModSeq(row.Int64(5)),
        CreatedModSeq = new ModSeq(row.Int64(6)),
        Messages = row.Int32(7),
        Unseen = row.Int32(8),
        Deleted = row.Int32(9),
        Bytes = row.Int64(10),
        DeletedBytes = row.Int64(11),
        ForgottenModSeq = new ModSeq(row.Int64(12)),
        FlagsModSeq = new ModSeq(row.Int64(13)),
        Tombstones = row.Int32(14),
    };

    private static void ReadMessages(Statement messages, FlagOverlay? overlay, MessageRowSink sink)
    {
        try
        {
            while (messages.Step())
            {
                var row = new MessageRow(
                    new Uid((uint)messages.Int64(0)), new EmailId(messages.Int64(1)), new ModSeq(messages.Int64(2)), (MessageFlags)messages.Int32(4),
                    new KeywordSetId(messages.Int32(5)), (uint)messages.Int64(6), new InternalDate(messages.Int64(7), messages.Int32(8)), (uint)messages.Int64(9));
                sink(overlay is null ? row : overlay.Apply(row), new ModSeq(messages.Int64(3)));
            }
        }
        finally
        {
            messages.Reset();
        }
    }

    // Whether all parts are there and what was written.
    private bool ReadParts(AccountId account, MailboxId mailbox, long modSeq, int count, ISnapshotSink sink)
    {
        _parts.Bind(account.Value).Bind(mailbox.Value).Bind(modSeq);
        try
        {
            var parts = 0;
            for (; _parts.Step(); parts++)
            {
                var columns = _parts.Blob(1);
                // Of this hash the code is compiled ahead, of XXH3 it is not: see SnapshotCodec.
                if (_parts.Int64(0) != (long)XxHash64.HashToUInt64(columns) || !sink.Part(columns))
                {
                    return false;
                }
            }

            return parts == count;
        }
        finally
        {
            _parts.Reset();
        }
    }

    // How many of the first emails lie so close together, ascending, that walking over the table is cheaper than looking each one up.
    private static int RunLength(ReadOnlySpan<EmailId> emails)
    {
        var count = 1;
        while (count < emails.Length && emails[count].Value > emails[count - 1].Value && emails[count].Value - emails[0].Value <= 2L * count)
        {
            count++;
        }

        return count;
    }

    // Both: whether the sink wants more.
    private bool ReadEmail(AccountId account, EmailId email, EmailSink sink)
    {
        _email.Bind(SqliteWriter.Key(account, email));
        try
        {
            return !_email.Step() || sink(email, Blob(_email, 0), _email.Blob(4));
        }
        finally
        {
            _email.Reset();
        }
    }

    private bool ReadRun(AccountId account, ReadOnlySpan<EmailId> emails, EmailSink sink)
    {
        _emails.Bind(SqliteWriter.Key(account, emails[0])).Bind(SqliteWriter.Key(account, emails[^1]));
        try
        {
            while (_emails.Step())
            {
                var email = Split(_emails.Int64(0)).Email;
                while (emails[0].Value < email.Value)
                {
                    emails = emails[1..]; // Asked for, but not there.
                }

                if (emails[0] == email)
                {
                    if (!sink(email, Blob(_emails, 1), _emails.Blob(5)))
                    {
                        return false;
                    }

                    emails = emails[1..];
                }
            }

            return true;
        }
        finally
        {
            _emails.Reset();
        }
    }

    private static ImmutableArray<int> Members(Statement row, int column)
    {
        var bytes = row.Blob(column);
        var members = ImmutableArray.CreateBuilder<int>(bytes.Length / 4);
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            members.Add(BinaryPrimitives.ReadInt32LittleEndian(bytes));
        }

        return members.ToImmutable();
    }

    private static List<T> List<T>(Database database, string sql, Func<Statement, T> read)
    {
        using var statement = database.Prepare(sql);
        return List(statement, read);
    }

    private static List<T> List<T>(Statement statement, Func<Statement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (statement.Step())
            {
                rows.Add(read(statement));
            }
        }
        finally
        {
            statement.Reset();
        }

        return rows;
    }

    // Several statements that must see one moment.
    private T InSnapshot<T>(Func<T> read)
    {
        _database.Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            _database.Execute("COMMIT");
        }
    }
}
