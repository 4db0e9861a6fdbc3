namespace Martlet.SystemTests.Clients.Logins;

/// <summary>How a client connects: a row of the page for each client.</summary>
/// <param name="IsImap">IMAP, or submission.</param>
/// <param name="Tls">Version of TLS: 1.2 or 1.3.</param>
/// <param name="IsStartTls">By STARTTLS, or TLS from the first byte.</param>
internal sealed record LoginWay(bool IsImap, string Tls, bool IsStartTls)
{
    /// <summary>All, in the page's order.</summary>
    public static IReadOnlyList<LoginWay> All { get; } =
    [
        .. from isImap in new[] { true, false }
           from isStartTls in new[] { false, true }
           from tls in new[] { "1.2", "1.3" }
           select new LoginWay(isImap, tls, isStartTls),
    ];

    /// <summary>As the page names it.</summary>
    public string Text => $"{(IsImap ? "IMAP" : "SMTP")} {(IsStartTls ? "STARTTLS" : "TLS")} {Tls}";

    /// <summary>As the server's log names the version.</summary>
    public string LogTls => "TLS" + Tls;
}
