namespace Martlet.Web.Admin;

/// <summary>Addresses of pages about one thing. Names stand behind the question mark: an address may have a slash in it.</summary>
public static class Places
{
    /// <summary>An account.</summary>
    public static string Account(string address) => $"/accounts/show?address={Uri.EscapeDataString(address)}";

    /// <summary>Keys and sessions of an account.</summary>
    public static string Access(string address) => $"/accounts/access?address={Uri.EscapeDataString(address)}";

    /// <summary>History of an account.</summary>
    public static string Logins(string address) => $"/logins?address={Uri.EscapeDataString(address)}";

    /// <summary>An alias.</summary>
    public static string Alias(string address) => $"/aliases/show?address={Uri.EscapeDataString(address)}";

    /// <summary>A domain.</summary>
    public static string Domain(string name) => $"/domains/show?name={Uri.EscapeDataString(name)}";

    /// <summary>The way of a mail.</summary>
    public static string Lookup(string address) => $"/lookup?address={Uri.EscapeDataString(address)}";

    /// <summary>A part of a list.</summary>
    public static string Part(string path, string search, string? after) =>
        $"{path}?search={Uri.EscapeDataString(search)}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}";
}
