using System.Collections.Immutable;

namespace Martlet.Store.Model;

/// <summary>An address whose mail goes to several accounts of this server. Immutable.</summary>
/// <param name="Address">Normalized; no account has it.</param>
/// <param name="Members">Normalized addresses of accounts, sorted, each once, at least one. No aliases: nothing can go round in circles.</param>
/// <param name="Description">What the administrator notes about it.</param>
public sealed record AliasEntry(string Address, ImmutableArray<string> Members, string Description = "")
{
    /// <inheritdoc/>
    public bool Equals(AliasEntry? other) =>
        other is not null && Address == other.Address && Description == other.Description && Members.SequenceEqual(other.Members, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode(StringComparison.Ordinal);
}
