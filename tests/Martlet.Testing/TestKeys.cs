using Martlet.Network.Tls;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Testing;

/// <summary>Client keys for tests, made once a process.</summary>
public static class TestKeys
{
    private static readonly Lazy<ClientIdentity> FirstKey = new(Make);
    private static readonly Lazy<ClientIdentity> SecondKey = new(Make);

    /// <summary>A key that tests give to somebody.</summary>
    public static ClientIdentity Phone => FirstKey.Value;

    /// <summary>A key that nobody has, unless a test says so.</summary>
    public static ClientIdentity Stranger => SecondKey.Value;

    /// <summary>Gives an account a key.</summary>
    public static async Task AddKeyAsync(this TestServer server, string address, ClientIdentity identity, bool mayPreauth = true)
    {
        var key = identity.Key;
        var row = new LoginKey(key.Fingerprint, server.Account(address).Id, address, "phone", key.Type, mayPreauth, server.Time.GetUtcNow().ToUnixTimeSeconds());
        Assert.True((await server.Store.AddKeyAsync(row)).IsDone);
    }

    // A certificate that ended long ago: only its key counts.
    private static ClientIdentity Make() => ClientIdentity.FromPem(ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "phone", "", new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)).CombinedPem);
}
