using System.Security.Cryptography;
using System.Text;

namespace Martlet.Server.Accounts;

/// <summary>What is kept of a token for programs. Without salt, because nobody can guess 256 random bits.</summary>
public static class TokenHash
{
    /// <summary>SHA-256 as lower-case hex.</summary>
    public static string Of(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
