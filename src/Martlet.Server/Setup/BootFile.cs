using Martlet.Server.Config;

namespace Martlet.Server.Setup;

/// <summary>The configuration file of a new server. Pure.</summary>
public static class BootFile
{
    /// <summary>Its text; it parses as it is.</summary>
    /// <param name="hostname">The server's name.</param>
    /// <param name="dataFolder">Full path of the data folder.</param>
    /// <param name="tls">Certificate files; null for one that the server makes itself.</param>
    public static string Write(string hostname, string dataFolder, TlsFiles? tls) => $"""
        # The server's configuration: what must be known before it starts. All options:
        #   martlet config describe
        # Domains, accounts and addresses are not here but in the data folder; change
        # them with martlet domain, martlet account and so on, while the server runs.

        # The server's own name. It must resolve to this machine.
        hostname {ConfigWords.Quote(hostname)}

        # Where mail and accounts are kept. Back it up.
        data {ConfigWords.Quote(dataFolder)}

        {Tls(hostname, tls)}

        # Without listen lines everything is served at its standard port on all
        # addresses; the administrator's pages and the metrics on this machine only.
        #listen imaps 192.0.2.1

        """;

    private static string Tls(string hostname, TlsFiles? tls) => tls is not null
        ? $"""
          # Certificate with its chain, and key. Renewed files are noticed.
          tls {ConfigWords.Quote(tls.Certificate)} {ConfigWords.Quote(tls.Key)}
          """
        : $"""
          # Certificate with its chain, and key. Until there is a line, the server makes
          # a certificate itself, and mail programs warn. Renewed files are noticed.
          #tls /etc/letsencrypt/live/{hostname}/fullchain.pem /etc/letsencrypt/live/{hostname}/privkey.pem
          """;
}
