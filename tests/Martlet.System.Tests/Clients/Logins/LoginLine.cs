namespace Martlet.SystemTests.Clients.Logins;

/// <summary>A line of the server's log about a login.</summary>
/// <param name="Result">ok, or why not.</param>
/// <param name="Account">Whose.</param>
/// <param name="Mechanism">By what.</param>
/// <param name="Tls">Version of TLS.</param>
/// <param name="Key">Fingerprint of the key that was shown.</param>
internal sealed record LoginLine(string Result, string Account, string Mechanism, string Tls, string Key)
{
    /// <summary>Null when the line is about something else.</summary>
    public static LoginLine? Parse(string line)
    {
        if (!line.Contains(" msg=login result=", StringComparison.Ordinal))
        {
            return null;
        }

        var values = line.Split(' ').Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new LoginLine(values["result"].First(), values["account"].First(), values["mechanism"].First(), values["tls"].First(), values["key"].First());
    }
}
