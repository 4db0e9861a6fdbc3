using Martlet.Store.Directory;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// One change of who is here and how it is set up: domains, accounts, addresses, aliases, settings. Several of them can be made in one transaction, all or none
/// (<see cref="SettingsStore.ApplyAsync"/>), which is how a whole configuration is applied.
/// </summary>
public abstract record DirectoryChange
{
    /// <summary>Looks at the staged state, and stages the change or refuses it. On the writer thread.</summary>
    internal abstract Refusal Stage(WriteContext context);
}

/// <summary>What became of several changes.</summary>
/// <param name="Refusal">Why none was made; <see cref="Refusal.None"/> when all were.</param>
/// <param name="Refused">The change that could not be made; null also when the directory was not what they were made for (<see cref="Refusal.Changed"/>).</param>
public sealed record AppliedChanges(Refusal Refusal, DirectoryChange? Refused);

/// <summary>Makes changes in order, all or none.</summary>
/// <param name="changes">Changes.</param>
/// <param name="basis">What they were made for; null when they fit anything.</param>
internal sealed class ChangeDirectory(IReadOnlyList<DirectoryChange> changes, DirectoryState? basis = null) : StoreOperation<AppliedChanges>
{
    internal override StoreResult<AppliedChanges> Apply(WriteContext context)
    {
        if (basis is not null && context.Directory.Contents != basis)
        {
            return new AppliedChanges(Refusal.Changed, Refused: null);
        }

        var before = new DirectorySavepoint(context);
        foreach (var change in changes)
        {
            var refusal = change.Stage(context);
            if (refusal != Refusal.None)
            {
                before.Restore(context);
                return new AppliedChanges(refusal, change);
            }
        }

        return new AppliedChanges(Refusal.None, Refused: null);
    }
}
