using System.Collections.Immutable;
using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>A recipient that was found here.</summary>
/// <param name="Address">As the peer wrote it, in the form for header fields.</param>
/// <param name="Accounts">Who gets it: one account, or the members of an alias.</param>
internal sealed record Recipient(string Address, ImmutableArray<AccountId> Accounts);
