using System.Text;
using Martlet.Server.Imap;
using Martlet.Server.Observe;
using Martlet.Server.Smtp;
using Martlet.Server.Tests.Imap;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>Logins, SASL exchanges, submissions and messages with the log at debug level: nothing secret is in it, in any spelling, in either format, and nothing of it in the journal.</summary>
public sealed class SecretsInLogTests
{
    private const string Secret = "hunter2-Passwort-geheim";
    private const string Content = "the-text-of-the-message";
    private const string Subject = "the-subject-of-the-message";

    [Theory]
    [InlineData("logfmt")]
    [InlineData("json")]
    public async Task No_secret_is_in_the_log(string format)
    {
        var written = new StringWriter();
        var log = new LogOutput(written, LogLevels.Same(LogLevel.Debug), TimeProvider.System, LogFormat.Find(format));
        await using var server = await StartAsync(log);
        await Transcript.RunAsync(server, $$"""
            C1 -> imaps
            S1: * OK *
            C1: a1 LOGIN alice@example.org "{{TestServer.Password}}x"
            S1: a1 NO *
            C1: a2 LOGIN {23+}
            C1: {{Secret}} alice@example.org
            S1: a2 NO *
            C1: a3 LOGIN {{Secret}} "{{TestServer.Password}}
            S1: a3 BAD *
            C1: a4 AUTHENTICATE PLAIN {{Base64($"\0alice@example.org\0{Secret}")}}
            S1: a4 NO *
            C1: a5 AUTHENTICATE PLAIN {{Base64($"\0alice@example.org\0{TestServer.Password}")}}
            S1: a5 OK *
            C1: a6 APPEND inbox {{{$"Subject: {Subject}\r\n\r\n{Content}\r\n".Length}}}
            S1: + *
            C1: Subject: {{Subject}}
            C1:
            C1: {{Content}}
            C1:
            S1: a6 OK *
            C1: a7 {{Secret}}
            S1: a7 BAD *
            C2 -> submissions
            S2: 220 *
            C2: EHLO client.example
            ...
            S2: 250 LIMITS *
            C2: AUTH LOGIN
            S2: 334 *
            C2: {{Base64(TestServer.Alice)}}
            S2: 334 *
            C2: {{Base64(Secret)}}
            S2: 535 *
            C2: AUTH PLAIN {{Base64($"\0{TestServer.Alice}\0{TestServer.Password}")}}
            S2: 235 *
            C2: AUTH PLAIN {{Base64(Secret)}}
            S2: 503 *
            C2: {{Secret}}
            S2: 500 *
            C2: MAIL FROM:<alice@example.org>
            S2: 250 *
            C2: RCPT TO:<bob@example.org>
            S2: 250 *
            C2: DATA
            S2: 354 *
            C2: Subject: {{Subject}}
            C2: 
            C2: {{Content}}
            C2: .
            S2: 250 *
            C2: QUIT
            S2: 221 *
            S2: <closed>
            """);
        await server.Observation.Journal!.FlushAsync(CancellationToken.None);

        var text = written.ToString();
        var journal = string.Concat(Directory.EnumerateFiles(server.JournalFolder).Select(File.ReadAllText));
        Assert.Contains("command", text, StringComparison.Ordinal);
        Assert.Contains("AUTHENTICATE", text, StringComparison.Ordinal);
        Assert.Contains("delivered", journal, StringComparison.Ordinal);
        foreach (var secret in Spellings(TestServer.Password).Concat(Spellings(Secret)).Concat([Content, Subject]))
        {
            Assert.DoesNotContain(secret, journal, StringComparison.OrdinalIgnoreCase);
            // Who gives the password in the place of the address has told it: the login log shows what address was given (docs/manual/logs.md).
            Assert.DoesNotContain(secret, string.Join('\n', text.Split('\n').Where(line => !line.Contains("address=" + Secret, StringComparison.Ordinal) && !line.Contains($"\"address\":\"{Secret}", StringComparison.Ordinal))), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_SCRAM_exchange_leaves_neither_proof_nor_password()
    {
        var written = new StringWriter();
        var log = new LogOutput(written, LogLevels.Same(LogLevel.Debug), TimeProvider.System);
        await using var server = await StartAsync(log);
        var sent = new List<string>();
        using var imap = new MailKit.Net.Imap.ImapClient(new Recorder(sent)) { ServerCertificateValidationCallback = (_, _, _, _) => true };
        await imap.ConnectAsync("127.0.0.1", server.Endpoint("imaps").Address.Port, MailKit.Security.SecureSocketOptions.SslOnConnect);
        await imap.AuthenticateAsync(new MailKit.Security.SaslMechanismScramSha256(TestServer.Alice, TestServer.Password));
        await imap.DisconnectAsync(quit: true);

        var text = written.ToString();
        Assert.Contains("SCRAM-SHA-256", text, StringComparison.Ordinal);
        var exchanged = string.Concat(sent).Split(['\r', '\n', ' ']).Where(word => word.Length >= 24).ToArray();
        Assert.NotEmpty(exchanged);
        Assert.All(exchanged.Concat(Spellings(TestServer.Password)), word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret, Base64(secret), Base64($"\0{TestServer.Alice}\0{secret}"), Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(secret),
        // Without what a neighbour in the same base64 may change.
        Base64(secret)[..^4], Base64($"\0{TestServer.Alice}\0{secret}")[4..^4],
    ];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static Task<TestServer> StartAsync(LogOutput log) => TestServer.StartAsync(new TestServerOptions
    {
        KeepsJournal = true,
        Services =
        [
            new TestService("imaps", server => new ImapService(server.Store, server.Authenticator, ImapServer.Options, TestServer.Tls, server.Time, log.Area("imap")) { Observation = server.Observation }, UsesTls: true),
            new TestService(
                "submissions",
                server => new SmtpService(new SmtpOptions { Hostname = SmtpServices.Hostname, Role = SmtpRole.Submission }, server.Store, server.Authenticator, TestServer.Tls, log.Area("smtp")) { Observation = server.Observation },
                UsesTls: true),
        ],
        Log = log.Area("accounts"),
    });

    private sealed class Recorder(List<string> sent) : MailKit.IProtocolLogger
    {
        public MailKit.IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count) => sent.Add(Encoding.UTF8.GetString(buffer, offset, count));

        public void LogServer(byte[] buffer, int offset, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
