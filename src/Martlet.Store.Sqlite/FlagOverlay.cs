using Martlet.Store.Model;

namespace Martlet.Store.Sqlite;

/// <summary>The flag log of a mailbox laid over its rows while they are read, UIDs ascending: of row and records the highest modseq wins.</summary>
internal sealed class FlagOverlay(IReadOnlyList<FlagRecord> records)
{
    private readonly int[] _at = new int[records.Count];

    /// <summary>The row as it is now.</summary>
    public MessageRow Apply(MessageRow row)
    {
        for (var i = 0; i < _at.Length; i++)
        {
            var record = records[i];
            var uids = record.Uids;
            var at = _at[i];
            while (at < uids.Length && uids[at] < row.Uid.Value)
            {
                at++;
            }

            _at[i] = at;
            if (at < uids.Length && uids[at] == row.Uid.Value && record.ModSeq > row.ModSeq)
            {
                var (flags, keywords) = record.Result(at);
                row = row with { ModSeq = record.ModSeq, Flags = flags, Keywords = keywords };
            }
        }

        return row;
    }
}
