using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Sets the name of the person whose account it is. NoSuchAccount; BadName for one that is too long or has control characters.</summary>
/// <param name="Account">Account.</param>
/// <param name="Name">The name; empty for none.</param>
public sealed record SetDisplayName(AccountId Account, string Name) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context) =>
        Name.Length > context.Limits.DisplayNameCharsMax || Name.Any(char.IsControl) ? Refusal.BadName
        : new ChangeAccount(Account, row => row with { DisplayName = Name }).Apply(context).Refusal;
}
