using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Lets the engine move some of the flag changes that it has put aside into its rows. Nothing that can be seen changes.</summary>
/// <returns>Whether there is more to do.</returns>
internal sealed class FoldFlags : StoreOperation<bool>
{
    internal override StoreResult<bool> Apply(WriteContext context) => context.Engine.FoldFlags(context.Limits.FoldedFlagsAtOnce);
}
