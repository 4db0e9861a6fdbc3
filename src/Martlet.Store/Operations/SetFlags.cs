using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>How flags are changed (STORE's three forms).</summary>
public enum FlagChange
{
    /// <summary>Exactly these.</summary>
    Replace,

    /// <summary>These too.</summary>
    Add,

    /// <summary>Not these.</summary>
    Remove,
}

/// <summary>What happened to the messages of a flag change.</summary>
/// <param name="Messages">Messages that were there and not refused, with their flags now, changed or not; in the order asked for.</param>
/// <param name="Before">Their modseqs before, one each; where it is the one of the message now, nothing was changed.</param>
/// <param name="Modified">UIDs refused because they changed after UNCHANGEDSINCE (RFC 7162 §3.1.3).</param>
/// <param name="ModSeq">Modseq of the change; the mailbox's when nothing changed.</param>
public sealed record FlagsSet(IReadOnlyList<MessageRow> Messages, IReadOnlyList<ModSeq> Before, IReadOnlyList<Uid> Modified, ModSeq ModSeq);

/// <summary>Changes flags and keywords of messages: one transaction, one modseq. A message that already has them keeps its modseq.</summary>
internal sealed class SetFlags(Mailbox mailbox, IReadOnlyList<Uid> uids, FlagChange change, MessageFlags flags, IReadOnlyCollection<string> keywords, ModSeq? unchangedSince)
    : StoreOperation<FlagsSet>
{
    // About what a message's row takes while it is staged.
    private const int RowBytes = 40;

    private readonly Dictionary<KeywordSetId, KeywordSetId> _setChanges = [];

    // Sessions that change all of a mailbox at the same time must not become one batch: everybody else would wait for all of them, and each looks through the
    // staged rows of those before it.
    public override long Bytes => (long)uids.Count * RowBytes;

    internal override StoreResult<FlagsSet> Apply(WriteContext context)
    {
        if (context.Find(mailbox) is not { } staged)
        {
            return Refusal.NoSuchMailbox;
        }

        // Of an earlier try with other neighbours nothing may be left: its sets were never numbered.
        _setChanges.Clear();
        var keywordsBefore = staged.Account.Keywords;
        if (!TryNumber(staged.Account, context.Limits, out var numbers))
        {
            return Refusal.LimitReached;
        }

        var uidNumbers = UidList.Numbers(uids, out var ascends);
        var rows = staged.Read(uidNumbers, ascends);
        // First look, then stage: a refusal must leave nothing behind.
        var modified = new List<Uid>();
        var count = 0;
        foreach (var row in rows)
        {
            if (row.ModSeq > (unchangedSince ?? row.ModSeq))
            {
                modified.Add(row.Uid);
                continue;
            }

            if (!TryChange(staged.Account, context.Limits, row.Keywords, numbers, out _))
            {
                staged.Account.Keywords = keywordsBefore;
                return Refusal.LimitReached;
            }

            rows[count++] = row;
        }

        if (count < rows.Length)
        {
            rows = rows[..count];
        }

        var before = new ModSeq[count];
        var (changed, modSeq) = Change(staged, rows, before, numbers);
        if (changed == 0)
        {
            staged.Account.Keywords = keywordsBefore;
            return new FlagsSet(rows, before, modified, staged.Info.ModSeq);
        }

        staged.SetFlags(context, rows, changed, modSeq);
        return new FlagsSet(rows, before, modified, modSeq);
    }

    private (int Changed, ModSeq ModSeq) Change(StagedMailbox staged, MessageRow[] rows, ModSeq[] before, int[] numbers)
    {
        var (changed, modSeq) = (0, default(ModSeq));
        for (var i = 0; i < rows.Length; i++)
        {
            var old = rows[i];
            before[i] = old.ModSeq;
            var newFlags = Changed(old.Flags);
            var newKeywords = NewSet(old.Keywords, numbers);
            if (newFlags != old.Flags || newKeywords != old.Keywords)
            {
                modSeq = changed++ == 0 ? staged.Account.NextModSeq() : modSeq;
                rows[i] = old with { Flags = newFlags, Keywords = newKeywords, ModSeq = modSeq };
                staged.Recount(old, rows[i]);
            }
        }

        return (changed, modSeq);
    }

    private MessageFlags Changed(MessageFlags old) => change switch
    {
        FlagChange.Add => old | flags,
        FlagChange.Remove => old & ~flags,
        FlagChange.Replace => flags,
        _ => throw new InvalidOperationException("No such change."),
    };

    // Numbers of the named keywords, ascending. Removing a keyword nobody has must not make it known.
    private bool TryNumber(StagedAccount account, StoreLimits limits, out int[] numbers)
    {
        if (change != FlagChange.Remove)
        {
            return account.TryNumber(keywords, limits, out numbers);
        }

        numbers = [.. keywords.Select(account.Keywords.Find).Where(number => number >= 0).Distinct().Order()];
        return true;
    }

    // Most changes are of flags only.
    private bool KeepsKeywords(int[] numbers) => numbers.Length == 0 && change != FlagChange.Replace;

    private KeywordSetId NewSet(KeywordSetId old, int[] numbers) => KeepsKeywords(numbers) ? old : _setChanges[old];

    private bool TryChange(StagedAccount account, StoreLimits limits, KeywordSetId old, int[] numbers, out KeywordSetId changed)
    {
        changed = old;
        if (KeepsKeywords(numbers) || _setChanges.TryGetValue(old, out changed))
        {
            return true;
        }

        var members = account.Keywords.Members(old);
        int[] result = change switch
        {
            FlagChange.Add => [.. members.Union(numbers).Order()],
            FlagChange.Remove => [.. members.Except(numbers)],
            FlagChange.Replace => numbers,
            _ => throw new InvalidOperationException("No such change."),
        };
        if (result.Length > limits.KeywordsPerMessageMax && result.Length > members.Length)
        {
            return false;
        }

        if (!account.TryIntern(result, limits, out changed))
        {
            return false;
        }

        _setChanges.Add(old, changed);
        return true;
    }
}
