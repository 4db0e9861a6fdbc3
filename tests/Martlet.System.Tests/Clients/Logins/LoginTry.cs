using System.Diagnostics;

namespace Martlet.SystemTests.Clients.Logins;

/// <summary>One login that a client is to try. What came of it is in the server's log.</summary>
/// <param name="Server">Where.</param>
/// <param name="Way">Over what.</param>
/// <param name="Mechanism">By what: a member of <see cref="LoginMechanism.All"/>.</param>
/// <param name="Key">Key to show; null when the mechanism needs none.</param>
internal sealed record LoginTry(LoginServer Server, LoginWay Way, string Mechanism, ClientKeyFile? Key)
{
    // A program that asks its user for something does not end by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Port to connect to.</summary>
    public int Port => (Way.IsImap, Way.IsStartTls) switch
    {
        (true, false) => Server.ImapsPort,
        (true, true) => Server.ImapPort,
        (false, false) => Server.SubmissionsPort,
        (false, true) => Server.SubmissionPort,
    };

    /// <summary>Whether a client that cannot go on without a login would have one: no key alone after STARTTLS in IMAP, where there is no PREAUTH.</summary>
    public bool IsPossible => Mechanism != LoginMechanism.Key || !Way.IsImap || !Way.IsStartTls;

    /// <summary>Version of TLS as GnuTLS wants it.</summary>
    public string GnuTlsPriority => $"NORMAL:-VERS-ALL:+VERS-TLS{Way.Tls}";

    /// <summary>Writes a file that lasts as long as the server.</summary>
    public string WriteFile(string name, string text)
    {
        var path = Path.Combine(Server.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a program to its end with that on standard input; it is ended when it takes too long.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <returns>True: the client has a way to try it.</returns>
    public async Task<bool> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Server.Folder;
        start.Environment["TERM"] = "xterm";
        start.Environment["LC_ALL"] = "C.UTF-8";
        // Programs with OpenSSL that have no option for the version read it here.
        start.Environment["OPENSSL_CONF"] = WriteFile("openssl.cnf", $"""
            openssl_conf = main
            [main]
            ssl_conf = ssl
            [ssl]
            system_default = versions
            [versions]
            MinProtocol = TLSv{Way.Tls}
            MaxProtocol = TLSv{Way.Tls}
            """);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        Server.LastOutput = await output + await error;
        return true;
    }
}
