using Martlet.Server.Imap;
using Martlet.Testing;
using Martlet.Testing.Transcripts;

namespace Martlet.Server.Tests.Imap;

/// <summary>An IMAP server for transcripts: plain connections as alice and as bob, already logged in, and bare ones.</summary>
internal static class ImapServer
{
    public static readonly ImapOptions Options = new() { Hostname = "mail.example.org", AllowPlainWithoutTls = true };

    /// <summary>Starts one; scripts talk as alice unless they name a service: <c>C2 -&gt; bob</c>, <c>C -&gt; bare</c>, <c>C -&gt; imaps</c>.</summary>
    public static Task<TestServer> StartAsync(TestServerOptions? options = null, ImapOptions? imap = null) => TestServer.StartAsync((options ?? new TestServerOptions()) with
    {
        Services =
        [
            Service("alice", imap ?? Options, Prelude: LoginAs(TestServer.Alice)),
            Service("bob", imap ?? Options, Prelude: LoginAs(TestServer.Bob)),
            Service("bare", imap ?? Options),
            Service("strict", (imap ?? Options) with { AllowPlainWithoutTls = false }),
            Service("imaps", (imap ?? Options) with { AllowPlainWithoutTls = false }, UsesTls: true),
        ],
    });

    /// <summary>Plays a script as alice on a server of its own.</summary>
    public static async Task PlayAsync(string script)
    {
        await using var server = await StartAsync();
        await Transcript.RunAsync(server, script);
    }

    private static TestService Service(string name, ImapOptions options, bool UsesTls = false, string Prelude = "") => new(
        name, server => new ImapService(server.Store, server.Authenticator, options, TestServer.Tls, server.Time, server.Log), UsesTls, Prelude);

    private static string LoginAs(string address) => $"""
        S: * OK *
        C: login LOGIN {address} "{TestServer.Password}"
        S: login OK *
        """;
}
