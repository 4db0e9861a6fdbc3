using System.Security.Cryptography;
using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>
/// Passwords that were right a short while ago, so that clients that reconnect all the time do not cost an Argon2id each. Holds keyed digests only; a changed
/// password is another key and therefore not found.
/// </summary>
/// <remarks>Thread safe, in memory, bounded; the key is made at random for the process.</remarks>
internal sealed class RecentLogins(TimeProvider time)
{
    /// <summary>Logins kept; the oldest goes first.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>How long a login is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, long> _entries = [];
    private readonly Queue<(Key Key, long Added)> _order = new();

    /// <summary>Whether this password was right for this hash lately.</summary>
    public bool Contains(AccountId account, string storedHash, string password)
    {
        var key = MakeKey(account, storedHash, password);
        lock (_lock)
        {
            return _entries.TryGetValue(key, out var added) && time.GetElapsedTime(added) < Lifetime;
        }
    }

    /// <summary>Remembers that the password is right.</summary>
    public void Add(AccountId account, string storedHash, string password)
    {
        var key = MakeKey(account, storedHash, password);
        var now = time.GetTimestamp();
        lock (_lock)
        {
            _entries[key] = now;
            _order.Enqueue((key, now));
            while (_order.Count > EntriesMax || (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Added) >= Lifetime))
            {
                var (old, added) = _order.Dequeue();
                if (_entries.TryGetValue(old, out var last) && last == added)
                {
                    _entries.Remove(old);
                }
            }
        }
    }

    private Key MakeKey(AccountId account, string storedHash, string password)
    {
        Span<byte> digest = stackalloc byte[32];
        var bytes = PasswordHasher.Prepare(password);
        HMACSHA256.HashData(_key, bytes, digest);
        CryptographicOperations.ZeroMemory(bytes);
        return new Key(account, storedHash, Convert.ToHexString(digest));
    }

    private readonly record struct Key(AccountId Account, string StoredHash, string Digest);
}
