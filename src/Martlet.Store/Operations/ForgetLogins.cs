using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Forgets logins that are older than the history goes back.</summary>
/// <returns>Whether there may be more to do.</returns>
internal sealed class ForgetLogins : StoreOperation<bool>
{
    private const int LoginsAtOnce = 5000;

    internal override StoreResult<bool> Apply(WriteContext context)
    {
        var before = context.Now - context.Limits.LoginsKept;
        if (context.Engine.ReadOldestLogin() is not { } oldest || oldest >= before)
        {
            return false;
        }

        context.Batch.ForgottenLogins.Add(new(before, LoginsAtOnce));
        return true;
    }
}
