using System.Runtime.InteropServices;
using Martlet.Store.Engine;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Writes changes of reference counts: neighbours with the same change are one statement. What was delivered together is mostly copied and expunged together.</summary>
/// <remarks>Used by the writer thread only.</remarks>
internal sealed class ReferenceWriter(Database database)
{
    private readonly Statement _change = database.Prepare("UPDATE email SET refs = refs + ? WHERE id BETWEEN ? AND ?");

    /// <summary>Writes the changes of a batch; inside its transaction.</summary>
    public void Write(List<ReferenceRow> references)
    {
        var rows = CollectionsMarshal.AsSpan(references);
        for (var first = 0; first < rows.Length;)
        {
            var row = rows[first];
            var end = first + 1;
            while (end < rows.Length && rows[end] == row with { Email = new(row.Email.Value + end - first) })
            {
                end++;
            }

            _change.Bind(row.Change).Bind(SqliteWriter.Key(row.Account, row.Email)).Bind(SqliteWriter.Key(row.Account, rows[end - 1].Email)).Run();
            first = end;
        }
    }
}
