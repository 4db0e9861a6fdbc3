using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Changes nothing: when it completes, the writer is there, and has put right what may have failed before.</summary>
internal sealed class Probe : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context) => default(Done);
}
