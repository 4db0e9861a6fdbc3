using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Martlet.Web.Sessions;

/// <summary>Random tokens of 256 bits, as 43 letters of base64url. Only their hash is ever stored.</summary>
internal static class Tokens
{
    private const int Bytes = 32;

    /// <summary>Letters of a token.</summary>
    public const int Chars = 43;

    /// <summary>A new one.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsOne(string? text) => text is { Length: Chars } && Base64Url.IsValid(text);

    /// <summary>What is stored: SHA-256 as lower-case hex. Without salt, because nobody can guess 256 random bits.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}

/// <summary>
/// Tokens of forms against requests from other sites (CSRF): a keyed hash under the token in the cookie. Whoever cannot read our pages cannot know it, and another
/// session has another one; nothing is kept.
/// </summary>
internal static class FormTokens
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = "form-token";

    private static readonly byte[] Purpose = "martlet form token"u8.ToArray();

    /// <summary>The token of forms for a cookie's token; empty without one, and an empty one is never right.</summary>
    public static string Of(string token) => token.Length == 0 ? "" : Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(token), Purpose));

    /// <summary>Compares in the same time whatever the texts are.</summary>
    public static bool AreSame(string expected, string given) =>
        expected.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
