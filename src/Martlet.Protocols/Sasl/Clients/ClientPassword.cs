using System.Text;
using Martlet.Protocols.Sasl.Precis;

namespace Martlet.Protocols.Sasl.Clients;

/// <summary>A password as a client computes with it.</summary>
internal static class ClientPassword
{
    /// <summary>
    /// Prepared by the OpaqueString profile (RFC 8265 §4.2). What the profile refuses is taken as it is: a server that does not prepare
    /// passwords may have stored it so, and a wrong one harms nobody but its owner.
    /// </summary>
    public static byte[] Prepare(string password) => Encoding.UTF8.GetBytes(OpaqueString.TryEnforce(password, out var enforced) ? enforced : password);
}
