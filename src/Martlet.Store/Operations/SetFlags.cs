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
    private readonly Dictionary<KeywordSetId, KeywordSetId> _setChanges = [];

    protected override StoreResult<FlagsSet> Apply(WriteContext context)
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

        // First look, then stage: a refusal must leave nothing behind.
        var found = new List<(MessageRow Old, MessageFlags Flags, KeywordSetId Keywords)>(uids.Count);
        var modified = new List<Uid>();
        foreach (var uid in UidList.Distinct(uids))
        {
            if (!staged.TryGet(uid, out var row))
            {
                continue;
            }

            if (row.ModSeq > (unchangedSince ?? row.ModSeq))
            {
                modified.Add(uid);
                continue;
            }

            if (!TryChange(staged.Account, context.Limits, row.Keywords, numbers, out var set))
            {
                staged.Account.Keywords = keywordsBefore;
                return Refusal.LimitReached;
            }

            found.Add((row, Changed(row.Flags), set));
        }

        var result = new List<MessageRow>(found.Count);
        ModSeq? modSeq = null;
        foreach (var (old, newFlags, newKeywords) in found)
        {
            if (old.Flags == newFlags && old.Keywords == newKeywords)
            {
                result.Add(old);
                continue;
            }

            modSeq ??= staged.Account.NextModSeq();
            result.Add(staged.SetFlags(context, old, modSeq.Value, newFlags, newKeywords));
        }

        if (modSeq is null)
        {
            staged.Account.Keywords = keywordsBefore;
        }

        return new FlagsSet(result, [.. found.Select(entry => entry.Old.ModSeq)], modified, modSeq ?? staged.Info.ModSeq);
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
        numbers = [];
        if (change != FlagChange.Remove && !account.TryIntern(keywords, limits, out _))
        {
            return false;
        }

        numbers = [.. keywords.Select(account.Keywords.Find).Where(number => number >= 0).Distinct().Order()];
        return true;
    }

    private bool TryChange(StagedAccount account, StoreLimits limits, KeywordSetId old, int[] numbers, out KeywordSetId changed)
    {
        if (_setChanges.TryGetValue(old, out changed))
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
