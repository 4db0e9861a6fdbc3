using Martlet.Network.Clients;
using Martlet.Network.Smtp;
using Martlet.Protocols.Smtp;
using Martlet.Server.Config;
using Martlet.Server.Sendmail;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Smtp.Client;

/// <summary>What docs/client-library.md and docs/sendmail.md show: the example works and is the same there, the options are those that are read. MARTLET_UPDATE=1 writes the options anew.</summary>
public sealed class DocumentationTests : SmtpTest
{
    [Fact]
    public async Task The_example_works()
    {
        var options = new SmtpClientOptions("127.0.0.1", Server.Endpoint("submissions").Address.Port) { ServerCertificateValidation = static (_, _, _, _) => true };
        var credentials = new LoginCredentials { Username = TestServer.Alice, Password = TestServer.Password, IsServerTrusted = true };
        await SendAsync(options, credentials, new ReversePath(FakeSmtpServer.Address(TestServer.Alice)), [FakeSmtpServer.To(TestServer.Bob)], FakeSmtpServer.Content("Subject: x\n\n"));
        Assert.Single(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public void The_page_shows_these_lines()
    {
        var source = Between(Read("tests/Martlet.Server.Tests/Smtp/Client/DocumentationTests.cs"), "// <send>\n", "// </send>");
        Assert.Equal(Lines(source), Lines(Between(Read("docs/client-library.md"), "<!-- example: send -->\n```csharp\n", "```")));
    }

    [Fact]
    public void The_page_of_sendmail_shows_its_options()
    {
        const string start = "`#` begins a comment.\n\n```\n";
        var page = Read("docs/sendmail.md");
        var shown = Between(page, start, "```\n");
        var expected = ConfigDocs.Describe(SendmailTable.Options);
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            page = page.Replace(start + shown, start + expected, StringComparison.Ordinal);
            File.WriteAllText(PathOf("docs/sendmail.md"), page);
        }

        Assert.Equal(expected, Between(page, start, "```\n"));
    }

    private static async Task SendAsync(SmtpClientOptions options, LoginCredentials credentials, ReversePath from, ForwardPath[] recipients, Stream content)
    {
        // <send>
        await using var client = await SmtpClient.ConnectAsync(options); // new SmtpClientOptions("mail.example.org", 465)
        var login = await client.AuthenticateAsync(credentials); // new LoginCredentials { Username = "ann@example.org", Password = password }
        if (login.IsLoggedIn)
        {
            var traits = await OutgoingMail.ReadTraitsAsync(content);
            content.Position = 0;
            var sent = await client.SendAsync(new OutgoingMail(from, recipients, content, traits));
            foreach (var result in sent.Recipients.Where(one => one.Outcome != SendOutcome.Taken))
            {
                Console.WriteLine($"{result.Recipient}: {result.Outcome}, {result.Reason}");
            }
        }

        await client.QuitAsync();
        // </send>
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0);

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, $"No {start}");
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return Path.Combine(folder.FullName, path);
    }
}
