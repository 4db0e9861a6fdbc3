using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Sasl.Precis;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Martlet.Server.Accounts;

/// <summary>Makes and checks password hashes with Argon2id. At most two are computed at once in the process, so that logins cannot use up memory and cores.</summary>
/// <remarks>Thread safe. About 0.1 s of one core each with the default cost, on the pool.</remarks>
public sealed class PasswordHasher : IDisposable
{
    /// <summary>Verifications that may wait for one of the two places: some seconds for the last one.</summary>
    public const int WaitingMax = 64;

    private const int ConcurrentMax = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly SemaphoreSlim _slots = new(ConcurrentMax);
    private readonly PasswordCost _cost;
    private readonly PasswordHash _nobody;
    private long _computed;
    private int _waiting;

    /// <summary>Computations so far: what a login costs, for tests.</summary>
    internal long Computed => Volatile.Read(ref _computed);

    /// <summary>Most computations that ran at the same time so far.</summary>
    internal int MostAtOnce { get; private set; }

    /// <summary>Makes a hasher.</summary>
    /// <param name="cost">For new hashes; checking takes the cost from the stored hash.</param>
    public PasswordHasher(PasswordCost? cost = null)
    {
        _cost = cost ?? new PasswordCost();
        if (!_cost.IsSound)
        {
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "Not a possible cost.");
        }

        _nobody = new PasswordHash(_cost, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));
    }

    /// <summary>Makes the encoded hash of a new password.</summary>
    public async Task<string> HashAsync(string password, CancellationToken cancel = default)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(_cost, salt, await ComputeAsync(password, _cost, salt, HashBytes, cancel)).ToString();
    }

    /// <summary>Checks a password.</summary>
    /// <param name="password">As the client gave it.</param>
    /// <param name="encoded">Stored hash; null (nobody, or no password) takes the time of a check and is false.</param>
    /// <param name="cancel">Stops waiting for a slot.</param>
    /// <returns>Null when <see cref="WaitingMax"/> others wait already: nothing was computed.</returns>
    public async Task<bool?> VerifyAsync(string password, string? encoded, CancellationToken cancel = default)
    {
        if (Volatile.Read(ref _waiting) >= WaitingMax)
        {
            return null;
        }

        var isReadable = PasswordHash.TryParse(encoded ?? "", out var stored);
        stored ??= _nobody;
        var computed = await ComputeAsync(password, stored.Cost, stored.Salt, stored.Hash.Length, cancel);
        return CryptographicOperations.FixedTimeEquals(computed, stored.Hash) && isReadable;
    }

    /// <summary>Whether a stored hash costs less than one that would be made now. One that cannot be read does.</summary>
    public bool IsWeaker(string? encoded) =>
        !PasswordHash.TryParse(encoded ?? "", out var stored) || stored.Cost.MemoryKiB < _cost.MemoryKiB || stored.Cost.Passes < _cost.Passes;

    /// <summary>
    /// The bytes of a password that are hashed: prepared, so that the same keys give the same password on every system (RFC 8265 §4.2). What that refuses is hashed
    /// as it is and matches nothing, since it cannot be set.
    /// </summary>
    internal static byte[] Prepare(string password) => Encoding.UTF8.GetBytes(OpaqueString.TryEnforce(password, out var prepared) ? prepared : password);

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task<byte[]> ComputeAsync(string password, PasswordCost cost, byte[] salt, int length, CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _slots.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            Interlocked.Increment(ref _computed);
            MostAtOnce = Math.Max(MostAtOnce, ConcurrentMax - _slots.CurrentCount);
            return await Task.Run(() => Compute(Prepare(password), cost, salt, length), CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }

    private static byte[] Compute(byte[] password, PasswordCost cost, byte[] salt, int length)
    {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(cost.MemoryKiB)
            .WithIterations(cost.Passes)
            .WithParallelism(cost.Lanes)
            .WithSalt(salt)
            .Build();
        var generator = new Argon2BytesGenerator();
        generator.Init(parameters);
        var hash = new byte[length];
        generator.GenerateBytes(password, hash);
        CryptographicOperations.ZeroMemory(password);
        return hash;
    }
}
