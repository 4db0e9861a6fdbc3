using System.Text;
using Martlet.Network.Smtp;
using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;
using Xunit;

namespace Martlet.Server.Tests.Smtp.Client;

/// <summary>An SMTP server that says what a test wants.</summary>
internal sealed class FakeSmtpServer : FakePeer
{
    public const string Extensions = "SIZE 1000,8BITMIME,SMTPUTF8,ENHANCEDSTATUSCODES";

    public static SmtpClientOptions Options { get; } = new("mail.example.org", 25) { Security = SmtpSecurity.None, HelloName = "client.example" };

    /// <summary>Plays a server that has greeted and said what it can do, and a client that is connected; both to their end.</summary>
    public static Task RunAsync(Func<FakeSmtpServer, Task> server, Func<SmtpClient, Task> client, string extensions = Extensions, SmtpClientOptions? options = null) => RunRawAsync(
        async peer =>
        {
            await peer.SendAsync("220 mail.example.org ESMTP\r\n");
            await peer.AnswerAsync("EHLO client.example", Ehlo(extensions));
            await server(peer);
        },
        async open =>
        {
            await using var connected = await open();
            await client(connected);
        },
        options);

    /// <summary>The same without a greeting: the client's part opens the connection itself.</summary>
    public static Task RunRawAsync(Func<FakeSmtpServer, Task> server, Func<Func<Task<SmtpClient>>, Task> client, SmtpClientOptions? options = null)
    {
        var peer = new FakeSmtpServer();
        return BothAsync(server(peer), client(() => SmtpClient.OpenAsync(peer.Client, options ?? Options)));
    }

    public static string Ehlo(string extensions) =>
        string.Concat(extensions.Split(',').Prepend("mail.example.org").Select(static line => $"250-{line}\r\n")) + "250 HELP\r\n";

    /// <summary>What a client that must fail fails with.</summary>
    public static async Task<SmtpException> FailsAsync(Func<Task> use, SmtpFailure failure)
    {
        var exception = await Assert.ThrowsAsync<SmtpException>(use);
        Assert.Equal(failure, exception.Failure);
        return exception;
    }

    /// <summary>A message from ada@example.org.</summary>
    public static OutgoingMail Mail(string content, params string[] recipients) => new(new ReversePath(Address("ada@example.org")), [.. recipients.Select(To)], Content(content), Traits(content));

    public static ForwardPath To(string address) => new(Address(address));

    public static EmailAddress Address(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));

    public static Stream Content(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public static ContentTraits Traits(string text)
    {
        var scanner = default(ContentScanner);
        scanner.Read(Encoding.UTF8.GetBytes(text));
        return scanner.Traits;
    }
}
