using Martlet.Protocols.Smtp;
using Martlet.Store.Directory;

namespace Martlet.Server.Accounts;

/// <summary>The form in which the directory has an address: without case, but for domains whose administrator tells Ada@ and ada@ apart.</summary>
internal static class AddressKey
{
    /// <summary>Of an address.</summary>
    public static string Of(EmailAddress address, AccountDirectory directory) =>
        directory.FindDomain(address.Domain.Text) is { IsCaseSensitive: true } ? address.NormalizedExact : address.Normalized;

    /// <summary>Of what somebody logs in as; what is no address is in the directory of nobody.</summary>
    public static string OfLogin(string name, AccountDirectory directory) =>
        EmailAddress.TryParse(name, out var address) ? Of(address, directory) : Authenticator.Normalize(name);
}
