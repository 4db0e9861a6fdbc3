using System.Runtime.InteropServices;
using Martlet.Store.Engine;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Takes messages out and leaves their tombstones: neighbours that go together are one statement of each kind.</summary>
/// <remarks>Used by the writer thread only.</remarks>
internal sealed class ExpungeWriter(Database database)
{
    private readonly Statement _addTombstones = database.Prepare(
        "INSERT INTO expunged (account, mailbox, modseq, uid, email) "
        + "SELECT account, mailbox, ?4, uid, email FROM message WHERE account = ?1 AND mailbox = ?2 AND uid BETWEEN ?3 AND ?5");

    private readonly Statement _addTombstone = database.Prepare("INSERT OR IGNORE INTO expunged (account, mailbox, modseq, uid, email) VALUES (?, ?, ?, ?, ?)");
    private readonly Statement _remove = database.Prepare("DELETE FROM message WHERE account = ? AND mailbox = ? AND uid BETWEEN ? AND ?");

    /// <summary>Writes the expunges of a batch; inside its transaction.</summary>
    public void Write(List<ExpungeRow> expunged)
    {
        var rows = CollectionsMarshal.AsSpan(expunged);
        while (!rows.IsEmpty)
        {
            var count = RunLength(rows);
            WriteRun(rows[..count]);
            rows = rows[count..];
        }
    }

    private static int RunLength(ReadOnlySpan<ExpungeRow> rows)
    {
        var first = rows[0];
        var count = 1;
        while (count < rows.Length && rows[count].Account == first.Account && rows[count].Mailbox == first.Mailbox && rows[count].ModSeq == first.ModSeq
            && rows[count].Uid.Value == first.Uid.Value + count)
        {
            count++;
        }

        return count;
    }

    private void WriteRun(ReadOnlySpan<ExpungeRow> rows)
    {
        var (first, last) = (rows[0], rows[^1].Uid.Value);
        _addTombstones.Bind(first.Account.Value).Bind(first.Mailbox.Value).Bind(first.Uid.Value).Bind(first.ModSeq.Value).Bind(last).Run();
        if (database.Changes < rows.Length)
        {
            // Rows are missing that memory has: clients that come back are told all the same that the messages are gone.
            foreach (ref readonly var row in rows)
            {
                _addTombstone.Bind(row.Account.Value).Bind(row.Mailbox.Value).Bind(row.ModSeq.Value).Bind(row.Uid.Value).Bind(row.Email.Value).Run();
            }
        }

        _remove.Bind(first.Account.Value).Bind(first.Mailbox.Value).Bind(first.Uid.Value).Bind(last).Run();
    }
}
