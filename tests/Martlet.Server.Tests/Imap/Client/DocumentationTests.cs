using Martlet.Network.Clients;
using Martlet.Network.Imap;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>The examples of docs/client-library.md: they compile and work here, and the page shows the same lines.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public async Task The_examples_work()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One, Mail.Two);
        var options = new ImapClientOptions("127.0.0.1", server.Endpoint("bare").Address.Port) { Security = ImapSecurity.None };
        await ReadAsync(options, new LoginCredentials { Username = TestServer.Alice, Password = TestServer.Password, IsServerTrusted = true });

        await using var from = await ImapClient.ConnectAsync(options);
        await from.LoginAsync(TestServer.Alice, TestServer.Password);
        await from.SelectAsync("INBOX");
        await using var to = await ImapClient.ConnectAsync(options);
        await to.LoginAsync(TestServer.Bob, TestServer.Password);
        await CopyAsync(from, to);
        Assert.Equal([Mail.One, Mail.Two], (await server.ReadMessagesAsync(TestServer.Bob)).Select(System.Text.Encoding.UTF8.GetString));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("copy")]
    public void The_page_shows_these_lines(string example)
    {
        var source = Between(Read("tests/Martlet.Server.Tests/Imap/Client/DocumentationTests.cs"), $"// <{example}>\n", $"// </{example}>");
        var page = Read("docs/client-library.md");
        Assert.Equal(Lines(source), Lines(Between(page, $"<!-- example: {example} -->\n```csharp\n", "```")));
    }

    private static async Task ReadAsync(ImapClientOptions options, LoginCredentials credentials)
    {
        // <read>
        await using var client = await ImapClient.ConnectAsync(options); // new ImapClientOptions("mail.example.org", 993)
        (await client.AuthenticateAsync(credentials)).EnsureOk(); // new LoginCredentials { Username = "ann@example.org", Password = password }
        (await client.SelectAsync("INBOX")).EnsureOk();
        var (_, unseen) = await client.SearchAsync(new FlagKey(Flag.Seen, IsSet: false));
        if (!unseen.IsEmpty)
        {
            var result = await client.FetchAsync(unseen, new FetchItem(FetchItemKind.Envelope), new FetchItem(FetchItemKind.Size));
            foreach (var message in result.All<FetchData>())
            {
                Console.WriteLine($"{message.Uid}: {message.Envelope?.Subject} ({message.Size} bytes)");
            }
        }

        await client.LogoutAsync();
        // </read>
    }

    private static async Task CopyAsync(ImapClient from, ImapClient to)
    {
        // <copy>
        await from.DownloadAsync(NumSet.Of(new NumRange(1, NumRange.Star)), async (message, section, data, cancel) =>
        {
            var copy = new OutgoingMessage(data, data.Length);
            (await to.AppendAsync("INBOX", copy)).EnsureOk();
        });
        // </copy>
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0);

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, $"No {start}");
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Read(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, path));
    }
}
