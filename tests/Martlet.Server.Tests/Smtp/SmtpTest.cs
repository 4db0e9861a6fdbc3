using System.Text;
using Martlet.Server.Smtp;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>A test against SMTP listeners. Time is fake: it stands still unless a script says <c>T:</c>.</summary>
public abstract class SmtpTest : IAsyncLifetime
{
    private protected TestServer Server { get; private set; } = null!;

    /// <summary>Limits and switches of the listeners.</summary>
    protected virtual SmtpOptions Configure(SmtpOptions options) => options;

    /// <summary>Limits of the store.</summary>
    protected virtual StoreLimits Limits => new();

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(new TestServerOptions
    {
        UsesFakeTime = true,
        Limits = Limits,
        Services = SmtpServices.All(Configure),
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Plays a script that begins after greeting and EHLO.</summary>
    private protected Task<IReadOnlyDictionary<string, string>> AfterHelloAsync(string script, string service = "smtp") =>
        Transcript.RunAsync(Server, Hello(service) + script, service);

    /// <summary>Plays a script that begins after greeting, EHLO and a login as alice, over TLS.</summary>
    private protected Task<IReadOnlyDictionary<string, string>> LoggedInAsync(string script) =>
        AfterHelloAsync($"C: AUTH PLAIN {Base64($"\0{TestServer.Alice}\0{TestServer.Password}")}\nS: 235 2.7.0 Logged in.\n{script}", "submissions");

    /// <summary>What is in an INBOX, as text.</summary>
    private protected async Task<IReadOnlyList<string>> InboxAsync(string address) =>
        [.. (await Server.ReadMessagesAsync(address)).Select(Encoding.UTF8.GetString)];

    private protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A message as bytes of a script.</summary>
    private protected static string Raw(string text) => "<<" + RawBytes.Show(Encoding.UTF8.GetBytes(text)) + ">>";

    private static string Hello(string service) => $"""
        S: 220 mx.example.org ESMTP Martlet *
        C: EHLO client.example
        S: 250-mx.example.org
        S: 250-PIPELINING
        S: 250-SIZE *
        {(service == "submissions" ? "S: 250-AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN" : "S: 250-STARTTLS")}
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250 LIMITS *

        """;
}
