using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Martlet.Store.Model;

/// <summary>
/// Logins that were alike, in the history of an account: who, from where, with what, and how it ended. Attempts that differ in nothing but their time are one entry.
/// </summary>
public sealed record LoginEntry
{
    /// <summary>Bytes of <see cref="Key"/>.</summary>
    public const int KeyBytes = 16;

    /// <summary>Stands for the account of attempts that named none of ours.</summary>
    public static readonly AccountId Nobody = new(0);

    /// <summary>The account that was asked for, or <see cref="Nobody"/>.</summary>
    public required AccountId Account { get; init; }

    /// <summary>Address as the client gave it; may be empty.</summary>
    public required string Address { get; init; }

    /// <summary>The peer's address.</summary>
    public required string Remote { get; init; }

    /// <summary>SASL mechanism, or LOGIN.</summary>
    public required string Mechanism { get; init; }

    /// <summary>imap, submission.</summary>
    public required string Protocol { get; init; }

    /// <summary>TLS version; empty without TLS.</summary>
    public required string Tls { get; init; }

    /// <summary>Fingerprint of the client's key; empty without.</summary>
    public required string PublicKey { get; init; }

    /// <summary>What the client says it is; empty when it did not say.</summary>
    public required string Client { get; init; }

    /// <summary>How it ended, as a word.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether somebody was logged in: successes and failures are bounded separately.</summary>
    public required bool IsSuccess { get; init; }

    /// <summary>The first one, to the millisecond.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>The last one so far.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>How many.</summary>
    public long Count { get; init; } = 1;

    /// <summary>What makes two attempts the same: a hash of all members but times and count. Each text goes in with its length, so that no two run into each other.</summary>
    public byte[] Key()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Account.Value}:{(IsSuccess ? '+' : '-')}{Address.Length}:{Address}{Remote.Length}:{Remote}{Mechanism.Length}:{Mechanism}{Protocol.Length}:{Protocol}"
            + $"{Tls.Length}:{Tls}{PublicKey.Length}:{PublicKey}{Client.Length}:{Client}{Outcome.Length}:{Outcome}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..KeyBytes];
    }

    /// <summary>The entry with texts that can be stored: cut at a length, without NUL.</summary>
    internal LoginEntry Fitted(int charsMax) => this with
    {
        Address = Fit(Address, charsMax),
        Remote = Fit(Remote, charsMax),
        Mechanism = Fit(Mechanism, charsMax),
        Protocol = Fit(Protocol, charsMax),
        Tls = Fit(Tls, charsMax),
        PublicKey = Fit(PublicKey, charsMax),
        Client = Fit(Client, charsMax),
        Outcome = Fit(Outcome, charsMax),
    };

    private static string Fit(string text, int charsMax)
    {
        // Half of a pair is no text: the database would give back another one.
        var length = text.Length <= charsMax ? text.Length : charsMax - (char.IsHighSurrogate(text[charsMax - 1]) ? 1 : 0);
        return text[..length].Replace('\0', '?');
    }
}
