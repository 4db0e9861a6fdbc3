using System.Runtime.InteropServices;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>
/// Writes changed flags: of few messages into their rows, of many as one record of the flag log, which is folded into the rows later, some messages at a time.
/// Folding changes nothing that can be seen and may be broken off anywhere: a row takes over what is newer than itself, and a record goes with its last message.
/// </summary>
/// <remarks>Used by the writer thread only.</remarks>
internal sealed class FlagLog
{
    /// <summary>Records of one mailbox; when there are so many, changes go into the rows until some have been folded.</summary>
    internal const int RecordsMax = 32;

    /// <summary>Messages in all records of one mailbox, likewise: loading a mailbox reads them all.</summary>
    internal const int RecordMessagesMax = 4_000_000;

    // Earlier records that a change is compared with.
    private const int RecordsComparedMax = 4;

    private readonly Statement _setFlags, _add, _inside, _figures, _last, _fold, _remove;
    private readonly Database _database;
    private readonly int _messagesMin;
    private readonly HashSet<(long Account, long Mailbox, long ModSeq)> _unreadable = [];
    private (long Account, long Mailbox, FlagRecord Record, int At)? _folding;

    public FlagLog(Database database, int messagesMin)
    {
        _messagesMin = messagesMin;
        _database = database;
        _setFlags = database.Prepare("UPDATE message SET modseq = ?, flags = ?, kwset = ? WHERE account = ? AND mailbox = ? AND uid BETWEEN ? AND ?");
        _add = database.Prepare("INSERT INTO flag_log (account, mailbox, modseq, messages, first, last, changes) VALUES (?, ?, ?, ?, ?, ?, ?)");
        _inside = database.Prepare(
            "SELECT modseq, changes FROM flag_log WHERE account = ? AND mailbox = ? AND first >= ? AND last <= ? AND messages <= ? ORDER BY modseq DESC");
        _figures = database.Prepare("SELECT count(*), sum(messages) FROM flag_log WHERE account = ? AND mailbox = ?");
        _last = database.Prepare("SELECT account, mailbox, modseq, changes FROM flag_log ORDER BY account DESC, mailbox DESC, modseq DESC");
        _fold = database.Prepare(
            "UPDATE message SET modseq = ?1, flags = ?2, kwset = ?3 WHERE account = ?4 AND mailbox = ?5 AND uid BETWEEN ?6 AND ?7 AND modseq < ?1");
        _remove = database.Prepare("DELETE FROM flag_log WHERE account = ? AND mailbox = ? AND modseq = ?");
    }

    /// <summary>Writes the changes of a batch; inside its transaction.</summary>
    public void Write(List<FlagRow> rows)
    {
        var all = CollectionsMarshal.AsSpan(rows);
        while (!all.IsEmpty)
        {
            var (account, mailbox, modSeq) = (all[0].Account, all[0].Mailbox, all[0].ModSeq);
            var count = 1;
            var ascends = true;
            while (count < all.Length && all[count].ModSeq == modSeq && all[count].Mailbox == mailbox && all[count].Account == account)
            {
                ascends &= all[count].Uid > all[count - 1].Uid;
                count++;
            }

            var change = all[..count];
            all = all[count..];
            if (count >= _messagesMin && ascends && count <= FlagRecord.MessagesMax)
            {
                WriteRecord(change);
            }
            else
            {
                WriteRows(change);
            }
        }
    }

    /// <summary>Moves some of the log into the rows, in a transaction of its own. The newest records first: what they have settled, older ones leave alone.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Fold(int messages)
    {
        if (_folding is null && !TryNext())
        {
            return false;
        }

        var (account, mailbox, record, first) = _folding!.Value;
        var end = Math.Min(record.Uids.Length, first + messages);
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            for (var at = first; at < end;)
            {
                var (flags, keywords) = record.Result(at);
                var length = record.RunLength(at, end);
                _fold.Bind(record.ModSeq.Value).Bind((int)flags).Bind(keywords.Value).Bind(account).Bind(mailbox)
                    .Bind(record.Uids[at]).Bind(record.Uids[at + length - 1]).Run();
                at += length;
            }

            if (end == record.Uids.Length)
            {
                _remove.Bind(account).Bind(mailbox).Bind(record.ModSeq.Value).Run();
            }

            _database.Execute("COMMIT");
        }
        catch
        {
            _folding = null;
            _database.TryRollback();
            throw;
        }

        _folding = end == record.Uids.Length ? null : (account, mailbox, record, end);
        return _folding is not null || TryNext();
    }

    // A record that cannot be read stays: its mailbox fails to load and the check finds it. It must not hold up those of everybody else.
    private bool TryNext()
    {
        try
        {
            while (_last.Step())
            {
                var key = (Account: _last.Int64(0), Mailbox: _last.Int64(1), ModSeq: _last.Int64(2));
                if (_unreadable.Contains(key))
                {
                    continue;
                }

                try
                {
                    _folding = (key.Account, key.Mailbox, FlagRecord.Decode(new ModSeq(key.ModSeq), _last.Blob(3)), 0);
                    return true;
                }
                catch (StoreException e) when (e.Failure == StoreFailure.Corrupt)
                {
                    _unreadable.Add(key);
                }
            }

            return false;
        }
        finally
        {
            _last.Reset();
        }
    }

    private bool HasRoom(AccountId account, MailboxId mailbox, int messages)
    {
        _figures.Bind(account.Value).Bind(mailbox.Value).Step();
        var (records, all) = (_figures.Int64(0), _figures.Int64(1));
        _figures.Reset();
        return records < RecordsMax && all + messages <= RecordMessagesMax;
    }

    private void WriteRecord(ReadOnlySpan<FlagRow> change)
    {
        var (account, mailbox, modSeq) = (change[0].Account, change[0].Mailbox, change[0].ModSeq);
        var (first, last) = (change[0].Uid.Value, change[^1].Uid.Value);
        RemoveInside(change);
        if (HasRoom(account, mailbox, change.Length))
        {
            _add.Bind(account.Value).Bind(mailbox.Value).Bind(modSeq.Value).Bind(change.Length).Bind(first).Bind(last).Bind(FlagRecord.Encode(change)).Run();
        }
        else
        {
            WriteRows(change);
        }
    }

    // Records whose messages all change again say nothing any more: flags set and taken back leave one record, and folding has nothing to do twice.
    private void RemoveInside(ReadOnlySpan<FlagRow> change)
    {
        var row = change[0];
        var gone = new List<ModSeq>();
        _inside.Bind(row.Account.Value).Bind(row.Mailbox.Value).Bind(row.Uid.Value).Bind(change[^1].Uid.Value).Bind(change.Length);
        try
        {
            for (var looked = 0; looked < RecordsComparedMax && _inside.Step(); looked++)
            {
                var record = FlagRecord.Decode(new ModSeq(_inside.Int64(0)), _inside.Blob(1));
                if (record.IsInside(change))
                {
                    gone.Add(record.ModSeq);
                }
            }
        }
        finally
        {
            _inside.Reset();
        }

        foreach (var modSeq in gone)
        {
            _remove.Bind(row.Account.Value).Bind(row.Mailbox.Value).Bind(modSeq.Value).Run();
        }
    }

    // Neighbours that get the same are one statement.
    private void WriteRows(ReadOnlySpan<FlagRow> rows)
    {
        for (var first = 0; first < rows.Length;)
        {
            var row = rows[first];
            var last = first;
            while (last + 1 < rows.Length && rows[last + 1] == row with { Uid = new Uid(rows[last].Uid.Value + 1) })
            {
                last++;
            }

            _setFlags.Bind(row.ModSeq.Value).Bind((int)row.Flags).Bind(row.Keywords.Value).Bind(row.Account.Value).Bind(row.Mailbox.Value)
                .Bind(row.Uid.Value).Bind(rows[last].Uid.Value).Run();
            first = last + 1;
        }
    }
}
