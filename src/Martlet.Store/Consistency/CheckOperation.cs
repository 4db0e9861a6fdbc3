using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Consistency;

/// <summary>
/// The check as an operation: on the writer thread nothing changes while it looks. What neighbours in its batch have staged is neither in the engine nor in
/// the published memory yet.
/// </summary>
internal sealed class CheckOperation(CheckDepth depth, AccountCache accounts, Directory.AccountDirectory directory, Func<int> largeUnderWay) : StoreOperation<StoreReport>
{
    internal override StoreResult<StoreReport> Apply(WriteContext context) => StoreCheck.Run(
        new CheckContext(context.Engine, context.Blobs, context.Limits, depth, repair: null),
        new LiveState(accounts, directory, largeUnderWay, context.Blobs.OpenSegment));
}
