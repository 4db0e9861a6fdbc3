using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>A recipient that was found here.</summary>
/// <param name="Address">As the peer wrote it, in the form for header fields.</param>
/// <param name="Account">Whose it is.</param>
internal sealed record Recipient(string Address, AccountId Account);
