using System.Collections.Immutable;

namespace Martlet.Server.Config;

/// <summary>A way in that a listener can serve: its name in configuration and logs, its standard port, and whether TLS comes first.</summary>
/// <remarks>Those that are HTTP are served by the web front (<see cref="Hosting.HostParts.StartWeb"/>), the others by connection services.</remarks>
/// <param name="Name">Name in the configuration file.</param>
/// <param name="Port">Standard port.</param>
/// <param name="IsImplicitTls">TLS from the first byte on.</param>
/// <param name="About">What it is for, in a few words.</param>
public sealed record MailProtocol(string Name, int Port, bool IsImplicitTls, string About)
{
    /// <summary>Mail from other servers (RFC 5321).</summary>
    public static readonly MailProtocol Smtp = new("smtp", 25, IsImplicitTls: false, "mail from other servers");

    /// <summary>Mail from our users' programs, TLS first (RFC 8314 §3.3).</summary>
    public static readonly MailProtocol Submissions = new("submissions", 465, IsImplicitTls: true, "sending, TLS from the start");

    /// <summary>Mail from our users' programs, STARTTLS (RFC 6409).</summary>
    public static readonly MailProtocol Submission = new("submission", 587, IsImplicitTls: false, "sending, STARTTLS");

    /// <summary>Reading mail, STARTTLS (RFC 9051).</summary>
    public static readonly MailProtocol Imap = new("imap", 143, IsImplicitTls: false, "reading, STARTTLS");

    /// <summary>Reading mail, TLS first (RFC 8314 §3.2).</summary>
    public static readonly MailProtocol Imaps = new("imaps", 993, IsImplicitTls: true, "reading, TLS from the start");

    /// <summary>Account pages, and settings for mail programs.</summary>
    public static readonly MailProtocol Https = new("https", 443, IsImplicitTls: true, "account pages, settings for mail programs") { IsHttp = true };

    /// <summary>Sends browsers on to <see cref="Https"/>.</summary>
    public static readonly MailProtocol Http = new("http", 80, IsImplicitTls: false, "redirects to https") { IsHttp = true };

    /// <summary>Administrator's pages and the HTTP API.</summary>
    public static readonly MailProtocol Admin = new("admin", 8443, IsImplicitTls: true, "administrator's pages, HTTP API") { IsHttp = true, IsForThisMachine = true };

    /// <summary>Figures and health, for monitoring.</summary>
    public static readonly MailProtocol Metrics = new("metrics", 8090, IsImplicitTls: false, "metrics and health") { IsHttp = true, IsForThisMachine = true };

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<MailProtocol> All = [Smtp, Submissions, Submission, Imap, Imaps, Https, Http, Admin, Metrics];

    /// <summary>Whether it is HTTP, and so the web front's.</summary>
    public bool IsHttp { get; private init; }

    /// <summary>Whether it listens on loopback only, unless the configuration names an address.</summary>
    public bool IsForThisMachine { get; private init; }

    /// <summary>Whether users log in there, and may do so with a TLS client key. Other servers are never asked for one, nor are browsers: they would ask their users to choose.</summary>
    public bool HasLogins => this != Smtp && !IsHttp;

    /// <summary>The protocol of that name, or null.</summary>
    public static MailProtocol? Find(string name) => All.FirstOrDefault(protocol => protocol.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
