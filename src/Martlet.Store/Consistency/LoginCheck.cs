using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>The history of an account's logins. A broken entry says nothing that could be trusted: repair takes it out.</summary>
internal static class LoginCheck
{
    public static void Run(CheckContext context, AccountId account, string where)
    {
        foreach (var (key, login) in context.Engine.ReadLogins(account, int.MaxValue))
        {
            if (login.Count < 1 || login.First > login.Last || !login.Key().AsSpan().SequenceEqual(key))
            {
                context.Derived(StoreInvariant.Logins, where, $"the login entry from {login.Remote} has another key than what it says, no count, or its times the wrong way round");
                context.Repair?.RemoveLogin(account, key, where);
            }
        }
    }
}
