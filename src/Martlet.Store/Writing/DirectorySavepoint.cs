using Martlet.Store.Directory;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>
/// The staged state before several changes of the directory, to go back to when one of them is refused: an operation must stage nothing when it refuses. Covers what
/// such changes touch (directory, rows of accounts, new and removed accounts), and no messages.
/// </summary>
internal sealed class DirectorySavepoint
{
    private readonly DirectoryState _directory;
    private readonly bool _isTouched;
    private readonly int[] _counts;
    private readonly ServerSettings? _settings;
    private readonly bool _leavesWork;
    private readonly int _afterCommit;
    private readonly Dictionary<AccountId, StagedAccountState> _accounts;

    public DirectorySavepoint(WriteContext context)
    {
        (_directory, _isTouched) = (context.Directory.Contents, context.Directory.IsTouched);
        _counts = [.. Lists(context.Batch).Select(list => list.Count)];
        (_settings, _leavesWork, _afterCommit) = (context.Batch.ServerSettings, context.LeavesWork, context.AfterCommitCount);
        _accounts = context.Accounts.ToDictionary(account => account.Id, account => account.Save());
    }

    public void Restore(WriteContext context)
    {
        context.Directory.Restore(_directory, _isTouched);
        foreach (var (list, count) in Lists(context.Batch).Zip(_counts))
        {
            list.CutTo(count);
        }

        (context.Batch.ServerSettings, context.LeavesWork) = (_settings, _leavesWork);
        context.Restore(_accounts, _afterCommit);
    }

    private static IEnumerable<RowList> Lists(WriteBatch batch) =>
    [
        Of(batch.Domains), Of(batch.Addresses), Of(batch.Aliases), Of(batch.Administrators), Of(batch.Tokens), Of(batch.Sessions), Of(batch.LoginKeys), Of(batch.Subscriptions),
        Of(batch.RemovedAccounts),
    ];

    private static RowList Of<T>(List<T> rows) => new(rows.Count, count => rows.RemoveRange(count, rows.Count - count));

    private readonly record struct RowList(int Count, Action<int> CutTo);
}

/// <summary>What a change of the directory may touch of a staged account.</summary>
internal readonly record struct StagedAccountState(AccountRow Row, bool IsTouched, bool IsRemoved, bool IsAccessTouched);
