using Martlet.Protocols.Smtp;

namespace Martlet.Server.Setup;

/// <summary>The address that a new server is made for.</summary>
/// <param name="Address">The address in the form the store keeps: localpart folded, domain in A-labels.</param>
/// <param name="Domain">Its domain.</param>
public sealed record FirstAddress(string Address, string Domain)
{
    /// <summary>Reads it as people type it, in any script.</summary>
    /// <returns>Null when it is not an address of a domain.</returns>
    public static FirstAddress? Read(string text) =>
        EmailAddress.TryParse(text, out var address) && address.Domain.Literal is null ? new FirstAddress(address.Normalized, address.Domain.Text) : null;
}
