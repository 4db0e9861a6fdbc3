using System.Security.Cryptography;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Precis;
using Martlet.Protocols.Sasl.Scram;
using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>What is stored of a password: a slow hash for mechanisms that send it, and a secret for each one that does not.</summary>
/// <param name="Hash">Argon2id in its usual text form.</param>
/// <param name="Secrets">Text forms of <see cref="SaslSecret"/>, one a line.</param>
public sealed record EncodedPassword(string Hash, string Secrets)
{
    /// <summary>Nothing: records print themselves into logs.</summary>
    public override string ToString() => nameof(EncodedPassword);
}

/// <summary>Makes what is stored of a password, and finds out whether it should be made again because today's is stronger.</summary>
/// <param name="hasher">For the hash.</param>
/// <param name="withCramMd5">Whether a secret for CRAM-MD5 is made: whoever steals it can log in with it, so only where it is configured.</param>
/// <remarks>Thread safe. Making one takes about 0.2 s of one core.</remarks>
public sealed class PasswordEncoder(PasswordHasher hasher, bool withCramMd5 = false)
{
    /// <summary>Iterations of new SCRAM secrets; null for those of <see cref="ScramHash.Iterations"/>. For tests, which have many accounts.</summary>
    public int? ScramIterations { get; init; }

    /// <summary>Hashes alone.</summary>
    public PasswordHasher Hasher => hasher;

    /// <summary>Encodes a password.</summary>
    /// <returns>Null when it is none that RFC 8265 §4.2 allows: empty, with control characters, not Unicode.</returns>
    public async Task<EncodedPassword?> EncodeAsync(string password, CancellationToken cancel = default) => OpaqueString.TryEnforce(password, out _)
        ? new EncodedPassword(await hasher.HashAsync(password, cancel), await Task.Run(() => MakeSecrets(password), cancel))
        : null;

    /// <summary>Whether the password should be encoded again: the hash or a secret is weaker than those made today, or one is missing or not wanted any more.</summary>
    public bool IsStale(AccountAccess access) =>
        hasher.IsWeaker(access.PasswordHash)
        || ScramHash.All.Any(hash => FindSecret(access, hash.Name) is not ScramCredentials found || found.Iterations < Iterations(hash))
        || FindSecret(access, CramMd5Secret.KindName) is not null != withCramMd5;

    /// <summary>The stored secret of a kind; null when there is none, or none that can be read.</summary>
    public static SaslSecret? FindSecret(AccountAccess access, string kind)
    {
        foreach (var line in access.Secrets.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(kind, StringComparison.Ordinal) && line.Length > kind.Length && line[kind.Length] == '$' && SaslSecret.TryParse(line.ToString(), out var secret))
            {
                return secret;
            }
        }

        return null;
    }

    private int Iterations(ScramHash hash) => ScramIterations ?? hash.Iterations;

    private string MakeSecrets(string password)
    {
        var secrets = ScramHash.All
            .Select(hash => (SaslSecret?)ScramCredentials.FromPassword(hash, password, RandomNumberGenerator.GetBytes(ScramCredentials.SaltBytes), Iterations(hash)))
            .Append(withCramMd5 ? CramMd5Secret.FromPassword(password) : null);
        return string.Join('\n', secrets.OfType<SaslSecret>().Select(secret => secret.Encode()));
    }
}
