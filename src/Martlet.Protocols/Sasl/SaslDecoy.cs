using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Precis;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Protocols.Sasl;

/// <summary>
/// Secrets for accounts that do not exist, so that an exchange for them looks like any other until the password turns out to be wrong. A name gets the same
/// salt each time, as an account would, and nobody knows a password for it.
/// </summary>
/// <param name="key">
/// Secret of the installation, at least 32 random bytes, kept over restarts: a salt that changes says that there is no account. The same key in every process
/// that answers for the same names.
/// </param>
/// <param name="normalize">
/// How a name becomes what accounts are looked up by, so that two spellings of an unknown name show one salt, like two spellings of a known one. Null for
/// <see cref="UsernameCaseMapped"/>, with the name itself where that profile refuses it.
/// </param>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class SaslDecoy(ReadOnlyMemory<byte> key, Func<string, string>? normalize = null)
{
    /// <summary>Shortest key.</summary>
    public const int KeyBytesMin = 32;

    private readonly ReadOnlyMemory<byte> _key = key.Length >= KeyBytesMin ? key : throw new ArgumentException("At least 32 bytes.", nameof(key));
    private readonly Func<string, string> _normalize = normalize ?? (static name => UsernameCaseMapped.TryEnforce(name, out var enforced) ? enforced : name);

    /// <summary>SCRAM credentials of today's cost that no password fits.</summary>
    public ScramCredentials ForScram(ScramHash hash, string name) => new(
        hash,
        Derive("salt", hash.Name, name, ScramCredentials.SaltBytes),
        hash.Iterations,
        Derive("stored-key", hash.Name, name, hash.Bytes),
        Derive("server-key", hash.Name, name, hash.Bytes));

    /// <summary>A CRAM-MD5 secret that no password fits.</summary>
    public CramMd5Secret ForCramMd5(string name) => new(
        Derive("inner", CramMd5Secret.KindName, name, CramMd5Secret.StateBytes),
        Derive("outer", CramMd5Secret.KindName, name, CramMd5Secret.StateBytes));

    // Purpose and mechanism hold no NUL, so no two inputs run together. SHA-512 is as long as the longest part that is asked for.
    private byte[] Derive(string purpose, string mechanism, string name, int bytes) =>
        HMACSHA512.HashData(_key.Span, Encoding.UTF8.GetBytes($"{purpose}\0{mechanism}\0{_normalize(name)}"))[..bytes];
}
