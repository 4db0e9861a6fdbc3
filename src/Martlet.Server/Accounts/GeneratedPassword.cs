using System.Security.Cryptography;

namespace Martlet.Server.Accounts;

/// <summary>Passwords that are made for people and shown to them once.</summary>
public static class GeneratedPassword
{
    private const int LettersCount = 20;
    private const int GroupLetters = 5;

    // None that look alike; 20 of 31 are 99 bits.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A new one, in groups that can be read out.</summary>
    public static string Make() => string.Join('-', RandomNumberGenerator.GetString(Letters, LettersCount).Chunk(GroupLetters).Select(part => new string(part)));
}
