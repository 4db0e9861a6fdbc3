namespace Martlet.Store.Model;

/// <summary>Somebody who may change everything, on the admin page and by its interface for programs. Not an account: has no mail.</summary>
/// <param name="Name">Lower case; what is typed to sign in.</param>
/// <param name="PasswordHash">Encoded hash.</param>
/// <param name="PasswordNumber">Another one after each change of the password.</param>
public sealed record Administrator(string Name, string PasswordHash, int PasswordNumber)
{
    /// <summary>Without the hash: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(Administrator)} {{ {Name} }}";
}

/// <summary>What a program shows instead of an administrator's password.</summary>
/// <param name="Hash">SHA-256 of the token, as lower-case hex; the token itself is not kept.</param>
/// <param name="Name">What its administrator calls it.</param>
/// <param name="Administrator">Whose it is; it ends with that one.</param>
/// <param name="Created">When, in seconds since 1970.</param>
/// <param name="Expires">From when on it is not taken any more, in seconds since 1970; null for never.</param>
public sealed record ApiToken(string Hash, string Name, string Administrator, long Created, long? Expires);
