namespace Martlet.SystemTests.Clients.Logins;

/// <summary>mutt and neomutt: they want a terminal, which <c>script</c> gives them, and leave at once.</summary>
internal static class MuttClient
{
    public static Task<bool> TryMuttAsync(LoginTry attempt) => TryAsync(attempt, "mutt");

    public static async Task<bool> TryNeomuttAsync(LoginTry attempt) =>
        attempt.Mechanism is LoginMechanism.Key or LoginMechanism.Plain or LoginMechanism.Login && await TryAsync(attempt, "neomutt");

    private static async Task<bool> TryAsync(LoginTry attempt, string program)
    {
        if (!attempt.Way.IsImap || LoginMechanism.IsPlus(attempt.Mechanism))
        {
            return false;
        }

        var url = $"{(attempt.Way.IsStartTls ? "imap" : "imaps")}://localhost:{attempt.Port}/INBOX";
        var settings = attempt.WriteFile("muttrc", $"""
            set folder="" mbox_type=mbox
            set imap_user="{LoginServer.Address}" imap_pass="{LoginServer.Password}"
            set ssl_starttls=yes ssl_force_tls=yes certificate_file="{attempt.Server.CertificatePath}" ssl_ca_certificates_file="{attempt.Server.CertificatePath}"
            set ssl_use_tlsv1_{(attempt.Way.Tls == "1.2" ? "3" : "2")}=no
            {(attempt.Mechanism == LoginMechanism.Key ? "" : $"set imap_authenticators=\"{attempt.Mechanism.ToLowerInvariant()}\"")}
            {(attempt.Key is { } key ? $"set ssl_client_cert=\"{key.Both}\"" : "")}

            """);
        return await attempt.RunAsync("script", ["-qec", $"{program} -n -F {settings} -e 'push <exit>' -f {url}", "/dev/null"]);
    }
}
