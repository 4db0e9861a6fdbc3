using System.Buffers.Binary;
using System.IO.Hashing;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Puts batches of rows into the database: one statement a kind of row, prepared once, in the order of <see cref="WriteBatch"/>'s lists.</summary>
/// <remarks>Used by the writer thread only.</remarks>
internal sealed class SqliteWriter : IDisposable
{
    private static readonly string[] AccountTables =
        ["message", "flag_log", "snapshot", "snapshot_part", "mailbox", "expunged", "subscription", "keyword", "keyword_set", "annotation", "login", "account"];

    private static readonly string[] MailboxTables = ["mailbox", "expunged", "flag_log", "snapshot", "snapshot_part", "annotation"];

    private readonly Statement _begin, _commit;
    private readonly Statement _putAccount, _nextAccount, _putAddress, _removeAddress, _putKey, _removeKey, _putKeyword, _putSet, _putMailbox;
    private readonly Statement _putAnnotation, _removeAnnotation;
    private readonly Statement _addEmail, _addMessage, _subscribe, _unsubscribe;
    private readonly Statement _removeEmail, _moveBlob, _setStructure, _segment, _removeSegment, _removeKeyword, _removeSet, _prune, _addPart, _putSnapshot, _removeParts, _removeSnapshot;
    private readonly FlagLog _flags;
    private readonly ExpungeWriter _expunges;
    private readonly ReferenceWriter _references;
    private readonly LoginWriter _logins;
    private readonly SettingsWriter _settings;
    private readonly Statement[] _removeMailbox;
    private readonly Statement[] _removeAccount;

    public SqliteWriter(string path, int loggedFlagsMin)
    {
        Database = Open(path);
        _begin = Database.Prepare("BEGIN IMMEDIATE");
        _commit = Database.Prepare("COMMIT");
        _putAccount = Database.Prepare(
            "INSERT OR REPLACE INTO account (account, name, password_hash, modseq, next_email, next_mailbox, next_uidvalidity, bytes, messages, quota_bytes, quota_messages, "
            + "hidden_capabilities, secrets, password_number, disabled_text, display_name, quota_warned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _nextAccount = Database.Prepare("UPDATE info SET value = ?1 + 1 WHERE name = 'next_account' AND value <= ?1");
        _putAddress = Database.Prepare("INSERT OR REPLACE INTO address (address, account) VALUES (?, ?)");
        _removeAddress = Database.Prepare("DELETE FROM address WHERE address = ?");
        _putKey = Database.Prepare("INSERT OR REPLACE INTO login_key (fingerprint, account, address, name, type, preauth, added) VALUES (?, ?, ?, ?, ?, ?, ?)");
        _removeKey = Database.Prepare("DELETE FROM login_key WHERE fingerprint = ?");
        _putKeyword = Database.Prepare("INSERT INTO keyword (account, keyword, name) VALUES (?, ?, ?)");
        _putSet = Database.Prepare("INSERT INTO keyword_set (account, kwset, members) VALUES (?, ?, ?)");
        _removeKeyword = Database.Prepare("DELETE FROM keyword WHERE account = ? AND keyword = ?");
        _removeSet = Database.Prepare("DELETE FROM keyword_set WHERE account = ? AND kwset = ?");
        _prune = Database.Prepare("DELETE FROM expunged WHERE account = ? AND mailbox = ? AND modseq <= ?");
        _addPart = Database.Prepare("INSERT OR REPLACE INTO snapshot_part (account, mailbox, modseq, part, checksum, columns) VALUES (?, ?, ?, ?, ?, ?)");
        _putSnapshot = Database.Prepare("INSERT OR REPLACE INTO snapshot (account, mailbox, modseq, uidnext, parts) VALUES (?, ?, ?, ?, ?)");
        _removeParts = Database.Prepare("DELETE FROM snapshot_part WHERE account = ? AND mailbox = ? AND modseq <> ?");
        _removeSnapshot = Database.Prepare("DELETE FROM snapshot WHERE account = ? AND mailbox = ?");
        _putMailbox = Database.Prepare(
            "INSERT OR REPLACE INTO mailbox (account, mailbox, name, use, uidvalidity, uidnext, modseq, created, messages, unseen, deleted, bytes, deleted_bytes, forgotten, "
            + "flags_changed, tombstones) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _putAnnotation = Database.Prepare("INSERT OR REPLACE INTO annotation (account, mailbox, name, modseq, value) VALUES (?, ?, ?, ?, ?)");
        _removeAnnotation = Database.Prepare("DELETE FROM annotation WHERE account = ? AND mailbox = ? AND name = ?");
        _addEmail = Database.Prepare("INSERT INTO email (id, refs, kind, file, off, len, meta) VALUES (?, 1, ?, ?, ?, ?, ?)");
        _addMessage = Database.Prepare(
            "INSERT INTO message (account, mailbox, uid, email, modseq, created, flags, kwset, size, received, zone, saved) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _subscribe = Database.Prepare("INSERT OR IGNORE INTO subscription (account, name) VALUES (?, ?)");
        _unsubscribe = Database.Prepare("DELETE FROM subscription WHERE account = ? AND name = ?");
        _removeEmail = Database.Prepare("DELETE FROM email WHERE id = ?");
        _moveBlob = Database.Prepare("UPDATE email SET kind = ?, file = ?, off = ? WHERE id = ?");
        _setStructure = Database.Prepare("UPDATE email SET meta = ? WHERE id = ?");
        _segment = Database.Prepare(
            "INSERT INTO segment (seg, written, live) VALUES (?, ?, ?) ON CONFLICT (seg) DO UPDATE SET written = written + excluded.written, live = live + excluded.live");
        _removeSegment = Database.Prepare("DELETE FROM segment WHERE seg = ?");
        _removeMailbox =
        [
            .. MailboxTables.Select(table => Database.Prepare($"DELETE FROM {table} WHERE account = ?1 AND mailbox = ?2")),
        ];
        _removeAccount =
        [
            Database.Prepare("UPDATE email SET refs = 0 WHERE id >= ?1 << 36 AND id < (?1 + 1) << 36"),
            .. AccountTables.Select(table => Database.Prepare($"DELETE FROM {table} WHERE account = ?1")),
        ];
        _flags = new FlagLog(Database, loggedFlagsMin);
        _expunges = new ExpungeWriter(Database);
        _references = new ReferenceWriter(Database);
        _logins = new LoginWriter(Database);
        _settings = new SettingsWriter(Database);
    }

    public Database Database { get; }

    /// <summary>Number of an email over all accounts.</summary>
    public static long Key(AccountId account, EmailId email) => ((long)account.Value << 36) | email.Value;

    /// <summary>One transaction: all rows or none.</summary>
    public void Commit(WriteBatch batch)
    {
        _begin.Run();
        try
        {
            WriteDirectory(batch);
            WriteMail(batch);
            _logins.Write(batch);
            WriteRemovals(batch);
            _commit.Run();
        }
        catch
        {
            Database.TryRollback();
            throw;
        }
    }

    /// <summary>See <see cref="FlagLog.Fold"/>.</summary>
    public bool FoldFlags(int messages) => _flags.Fold(messages);

    public void Dispose() => Database.Dispose();

    private static Database Open(string path)
    {
        var database = new Database(path, isWriter: true);
        try
        {
            // FULL: a commit is in the flushed log before it is acknowledged. Checkpoints are made by a thread of their own.
            database.Execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;");
            Schema.Migrate(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void WriteDirectory(WriteBatch batch)
    {
        _settings.Write(batch);
        foreach (var row in batch.Accounts)
        {
            _putAccount.Bind(row.Id.Value).Bind(row.Name).Bind(row.Access.PasswordHash).Bind(row.ModSeq.Value).Bind(row.NextEmail.Value).Bind(row.NextMailbox.Value)
                .Bind(row.NextUidValidity.Value).Bind(row.Bytes).Bind(row.Messages).Bind(row.QuotaBytes).Bind(row.QuotaMessages).Bind(row.HiddenCapabilities)
                .Bind(row.Access.Secrets).Bind(row.Access.PasswordNumber).Bind(row.Access.DisabledText)
                .Bind(row.DisplayName).Bind(row.QuotaWarned).Run();
            _nextAccount.Bind(row.Id.Value).Run();
        }

        foreach (var address in batch.Addresses)
        {
            if (address.Account is { } account)
            {
                _putAddress.Bind(address.Address).Bind(account.Value).Run();
            }
            else
            {
                _removeAddress.Bind(address.Address).Run();
            }
        }

        foreach (var (fingerprint, key) in batch.LoginKeys)
        {
            if (key is not null)
            {
                _putKey.Bind(fingerprint).Bind(key.Account.Value).Bind(key.Address).Bind(key.Name).Bind(key.Type).Bind(key.MayPreauth ? 1 : 0).Bind(key.Added).Run();
            }
            else
            {
                _removeKey.Bind(fingerprint).Run();
            }
        }

        foreach (var keyword in batch.Keywords)
        {
            if (keyword.Name is { } name)
            {
                _putKeyword.Bind(keyword.Account.Value).Bind(keyword.Keyword).Bind(name).Run();
            }
            else
            {
                _removeKeyword.Bind(keyword.Account.Value).Bind(keyword.Keyword).Run();
            }
        }

        foreach (var set in batch.KeywordSets)
        {
            if (set.Members.IsDefault)
            {
                _removeSet.Bind(set.Account.Value).Bind(set.Set.Value).Run();
                continue;
            }

            var members = new byte[set.Members.Length * 4];
            for (var i = 0; i < set.Members.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(members.AsSpan(i * 4), set.Members[i]);
            }

            _putSet.Bind(set.Account.Value).Bind(set.Set.Value).Bind(members).Run();
        }

        foreach (var (account, id, info) in batch.Mailboxes)
        {
            _putMailbox.Bind(account.Value).Bind(id.Value).Bind(info.Name).Bind((int)info.Use).Bind(info.UidValidity.Value).Bind(info.UidNext.Value)
                .Bind(info.ModSeq.Value).Bind(info.CreatedModSeq.Value).Bind(info.Messages).Bind(info.Unseen).Bind(info.Deleted).Bind(info.Bytes)
                .Bind(info.DeletedBytes).Bind(info.ForgottenModSeq.Value).Bind(info.FlagsModSeq.Value).Bind(info.Tombstones).Run();
        }

        foreach (var row in batch.Annotations)
        {
            if (row.Value is { } value)
            {
                _putAnnotation.Bind(row.Account.Value).Bind(row.Owner.Value).Bind(row.Name).Bind(row.ModSeq.Value).Bind(value).Run();
            }
            else
            {
                _removeAnnotation.Bind(row.Account.Value).Bind(row.Owner.Value).Bind(row.Name).Run();
            }
        }
    }

    private void WriteMail(WriteBatch batch)
    {
        foreach (var email in batch.Emails)
        {
            _addEmail.Bind(Key(email.Account, email.Email)).Bind((int)email.Blob.Kind).Bind(email.Blob.File).Bind(email.Blob.Offset).Bind(email.Blob.Length)
                .Bind(email.Meta.Span).Run();
        }

        foreach (var (account, mailbox, created, row) in batch.Messages)
        {
            _addMessage.Bind(account.Value).Bind(mailbox.Value).Bind(row.Uid.Value).Bind(row.Email.Value).Bind(row.ModSeq.Value).Bind(created.Value)
                .Bind((int)row.Flags).Bind(row.Keywords.Value).Bind(row.Size).Bind(row.Received.UnixSeconds).Bind(row.Received.ZoneMinutes).Bind(row.SavedSeconds).Run();
        }

        _flags.Write(batch.Flags);

        _expunges.Write(batch.Expunged);
        _references.Write(batch.References);
    }

    private void WriteRemovals(WriteBatch batch)
    {
        foreach (var (account, mailbox, modSeq) in batch.Forgotten)
        {
            _prune.Bind(account.Value).Bind(mailbox.Value).Bind(modSeq.Value).Run();
        }

        WriteSnapshots(batch);
        foreach (var (account, mailbox) in batch.RemovedMailboxes)
        {
            foreach (var statement in _removeMailbox)
            {
                statement.Bind(account.Value).Bind(mailbox.Value).Run();
            }
        }

        foreach (var row in batch.Subscriptions)
        {
            (row.IsSubscribed ? _subscribe : _unsubscribe).Bind(row.Account.Value).Bind(row.Name).Run();
        }

        foreach (var account in batch.RemovedAccounts)
        {
            foreach (var statement in _removeAccount)
            {
                statement.Bind(account.Value).Run();
            }
        }

        foreach (var row in batch.DeadEmails)
        {
            _removeEmail.Bind(Key(row.Account, row.Email)).Run();
        }

        foreach (var row in batch.MovedBlobs)
        {
            _moveBlob.Bind((int)row.Blob.Kind).Bind(row.Blob.File).Bind(row.Blob.Offset).Bind(Key(row.Account, row.Email)).Run();
        }

        foreach (var row in batch.Structures)
        {
            _setStructure.Bind(row.Meta.Span).Bind(Key(row.Account, row.Email)).Run();
        }

        WriteSegments(batch);
    }

    private void WriteSnapshots(WriteBatch batch)
    {
        foreach (var part in batch.SnapshotParts)
        {
            _addPart.Bind(part.Account.Value).Bind(part.Mailbox.Value).Bind(part.ModSeq.Value).Bind(part.Part)
                .Bind((long)XxHash64.HashToUInt64(part.Columns.Span)).Bind(part.Columns.Span).Run();
        }

        foreach (var row in batch.Snapshots)
        {
            if (row.Parts > 0)
            {
                _putSnapshot.Bind(row.Account.Value).Bind(row.Mailbox.Value).Bind(row.ModSeq.Value).Bind(row.UidNext.Value).Bind(row.Parts).Run();
            }
            else
            {
                _removeSnapshot.Bind(row.Account.Value).Bind(row.Mailbox.Value).Run();
            }

            _removeParts.Bind(row.Account.Value).Bind(row.Mailbox.Value).Bind(row.Parts > 0 ? row.ModSeq.Value : -1).Run();
        }
    }

    private void WriteSegments(WriteBatch batch)
    {
        // A batch has a row for each record; the table wants one change for each segment.
        var sums = new Dictionary<long, (long Written, long Live)>();
        foreach (var row in batch.Segments)
        {
            var sum = sums.GetValueOrDefault(row.Segment);
            sums[row.Segment] = (sum.Written + row.WrittenChange, sum.Live + row.LiveChange);
        }

        foreach (var (segment, sum) in sums)
        {
            _segment.Bind(segment).Bind(sum.Written).Bind(sum.Live).Run();
        }

        foreach (var segment in batch.RemovedSegments)
        {
            _removeSegment.Bind(segment).Run();
        }
    }
}
