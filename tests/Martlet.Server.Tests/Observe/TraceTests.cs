using System.Text;
using System.Text.RegularExpressions;
using Martlet.Server.Admin;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Tests.Imap;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;
using RemoveAccountRequest = Martlet.Server.Admin.RemoveAccount;

namespace Martlet.Server.Tests.Observe;

/// <summary>A message's journey over real connections, in the words of <c>martlet trace</c>.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new TestServerOptions
    {
        UsesFakeTime = true,
        KeepsJournal = true,
        Services = [.. SmtpServices.All(), ImapServer.ServiceAs("alice", TestServer.Alice), ImapServer.ServiceAs("bob", TestServer.Bob)],
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task From_the_first_word_to_the_last_expunge()
    {
        await DeliverAsync("<one@example.net>");
        await Transcript.RunAsync(_server, """
            C: a1 CREATE Keep
            S: a1 OK *
            C: a2 SELECT inbox
            ...
            S: a2 OK *
            C: a3 COPY 1 Drafts
            S: a3 OK *
            C: a4 MOVE 1 Keep
            ...
            S: a4 OK *
            C: a5 RENAME Keep Old
            S: a5 OK *
            C: a6 SELECT Old
            ...
            S: a6 OK *
            C: a7 STORE 1 +FLAGS.SILENT (\Deleted)
            S: a7 OK *
            C: a8 EXPUNGE
            ...
            S: a8 OK *
            C: a9 DELETE Drafts
            S: a9 OK *
            """, "alice");

        Assert.Equal(
            """
            connected: Came from 127.0.0.1 as client.example without TLS by SMTP (transaction CID-1).
            sender: From <carol@example.net>.
            recipient: <alice@example.org> taken, for alice@example.org.
            recipient-refused: <nobody@example.org> refused: 550 5.1.1 There is no such mailbox here; check the address.
            delivered: Delivered into INBOX of alice@example.org as UID 1, 36 bytes.
            answered: Answered: 250 2.6.0 Delivered as CID-1.
            copied: Copied from INBOX of alice@example.org (UID 1) to Drafts (UID 1) by IMAP (connection CID).
            moved: Moved from INBOX of alice@example.org (UID 1) to Keep (UID 1) by IMAP (connection CID).
            mailbox-renamed: The mailbox Keep of alice@example.org is called Old from here on by IMAP (connection CID).
            expunged: Removed for good from Old of alice@example.org (UID 1) by IMAP (connection CID).
            mailbox-deleted: The mailbox Drafts of alice@example.org was deleted with its messages by IMAP (connection CID).
            """,
            Words(Assert.Single(await TraceAsync("<one@example.net>"))));
    }

    [Theory]
    [InlineData("one@example.net")]
    [InlineData(" <one@example.net> ")]
    [InlineData("carol@example.net")]
    [InlineData("CAROL@example.net")]
    [InlineData("alice@example.org")]
    [InlineData("nobody@example.org")]
    public async Task It_is_found_by_its_id_and_by_each_address(string query)
    {
        await DeliverAsync("<one@example.net>");
        await DeliverAsync("<two@example.net>", from: "dora@example.net", to: "bob@example.org", refused: "else@example.org");
        Assert.Equal("one@example.net", Assert.Single(await TraceAsync(query)).MessageId);
    }

    [Theory]
    [InlineData("ONE@example.net")]
    [InlineData("<carol@example.net>")]
    [InlineData("one@example.ne")]
    public async Task What_is_not_there_gives_nothing(string query)
    {
        await DeliverAsync("<one@example.net>");
        Assert.Empty(await TraceAsync(query));
    }

    [Fact]
    public async Task Mail_that_was_refused_is_told_with_its_reason()
    {
        await SmtpAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<nobody@example.org>
            S: 550 *
            C: RCPT TO:<not an address>
            S: 5* *
            C: RSET
            S: 250 *
            C: MAIL FROM:<carol@example.net> SIZE=99999999999
            S: 552 *
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            C: DATA
            S: 354 *
            C: <<Message-ID:\r\n <smuggled@example.net>\r\n\r\nbare\nline\r\n.\r\n>>
            S: 550 5.6.0 *
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            C: DATA
            S: 354 *
            C: <<Message-ID: <half@example.net>\r\n\r\nhalf a mess>>
            C: <close>
            """);
        await WaitForAsync("half@example.net");

        var stories = await TraceAsync("carol@example.net");
        Assert.All(stories, story => Assert.Equal("refused", story.Outcome));
        Assert.Equal(
            """
            connected: Came from 127.0.0.1 as client.example without TLS by SMTP (transaction CID-1).
            sender: From <carol@example.net>.
            recipient-refused: <nobody@example.org> refused: 550 5.1.1 There is no such mailbox here; check the address.
            recipient-refused: <not an address> refused: *
            gave-up: No recipient was left; the message was not sent.
            """,
            Regex.Replace(Words(stories[0]), "(?<=<not an address> refused: ).*", "*", RegexOptions.None, Patience));
        Assert.EndsWith("refused: Not taken: 552 5.3.4 The message is too big.", Words(stories[1]), StringComparison.Ordinal);
        Assert.EndsWith("refused: Not taken: 550 5.6.0 The message has a CR or LF that is not part of CRLF; send lines ended by CRLF.", Words(stories[2]), StringComparison.Ordinal);
        Assert.Equal("half@example.net", stories[3].MessageId);
        Assert.EndsWith("gave-up: The sender gave up before the whole message had come; it was not taken.", Words(stories[3]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_names_who_was_logged_in_and_the_id_it_was_given()
    {
        await SubmitAsync();

        var story = Assert.Single(await TraceAsync(TestServer.Bob));
        var sent = Encoding.UTF8.GetString(Assert.Single(await _server.ReadMessagesAsync(TestServer.Bob)));
        Assert.Equal(Regex.Match(sent, "(?<=Message-ID: <).+(?=>)", RegexOptions.None, Patience).Value, story.MessageId);
        Assert.Matches("^connected: Came from 127.0.0.1 as client.example with TLS1.3 [A-Z0-9_]+ by submission, logged in as alice@example.org \\(transaction CID-1\\)\\.\n", Words(story));
    }

    [Fact]
    public async Task APPEND_and_REPLACE_are_told_too()
    {
        await Transcript.RunAsync(_server, """
            C: a1 APPEND Drafts {38+}
            C: Message-ID: <draft@example.org>
            C: 
            C: x
            C: 
            S: a1 OK *
            C: a2 SELECT Drafts
            ...
            S: a2 OK *
            C: a3 REPLACE 1 Drafts {39+}
            C: Message-ID: <draft2@example.org>
            C: 
            C: x
            C: 
            ...
            S: a3 OK *
            """, "alice");

        Assert.Equal(
            """
            added: Put into Drafts of alice@example.org as UID 1 by IMAP (connection CID).
            expunged: Removed for good from Drafts of alice@example.org (UID 1) by IMAP (connection CID).
            """,
            Words(Assert.Single(await TraceAsync("<draft@example.org>"))));
        Assert.Single(await TraceAsync("<draft2@example.org>"));
    }

    [Fact]
    public async Task A_second_user_is_told_the_same_as_of_mail_that_never_was()
    {
        await DeliverAsync("<one@example.net>");
        await SubmitAsync("<between@example.org>");

        var never = await OwnAsync(TestServer.Bob, "<never@example.net>");
        var others = await OwnAsync(TestServer.Bob, "<one@example.net>");
        Assert.Equal((never.Status, never.Text), (others.Status, others.Text));
        Assert.Equivalent(never.Trace, others.Trace, strict: true);
        Assert.Empty((await OwnAsync(TestServer.Bob, "carol@example.net")).Trace!.Stories);
        Assert.Equal("one@example.net", Assert.Single((await OwnAsync(TestServer.Alice, "<one@example.net>")).Trace!.Stories).MessageId);
    }

    [Fact]
    public async Task Of_a_message_to_several_each_sees_their_own_part()
    {
        await SubmitAsync("<between@example.org>");

        // The sender: what was answered, and not where it went.
        var sent = Words(Assert.Single((await OwnAsync(TestServer.Alice, "<between@example.org>")).Trace!.Stories));
        Assert.Contains("recipient: <bob@example.org> taken.\n", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("INBOX", sent, StringComparison.Ordinal);
        Assert.Contains("logged in as alice@example.org", sent, StringComparison.Ordinal);
        // The recipient: not from which network.
        Assert.Equal(
            """
            connected: Came by submission (transaction CID-1).
            sender: From <alice@example.org>.
            recipient: <bob@example.org> taken, for bob@example.org.
            delivered: Delivered into INBOX of bob@example.org as UID 1, 40 bytes.
            answered: Answered: 250 2.6.0 Delivered as CID-1.
            """,
            Words(Assert.Single((await OwnAsync(TestServer.Bob, "<between@example.org>")).Trace!.Stories)));
    }

    [Fact]
    public async Task A_blind_copy_is_not_told_to_the_others()
    {
        await SmtpAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            C: RCPT TO:<bob@example.org>
            S: 250 *
            C: RCPT TO:<nobody@example.org>
            S: 550 *
            C: DATA
            S: 354 *
            C: Message-ID: <blind@example.net>
            C:
            C: .
            S: 250 *
            """);
        await Transcript.RunAsync(_server, """
            C: a1 SELECT inbox
            ...
            S: a1 OK *
            C: a2 MOVE 1 Trash
            ...
            S: a2 OK *
            """, "bob");

        var story = Words(Assert.Single((await OwnAsync(TestServer.Alice, "<blind@example.net>")).Trace!.Stories));
        Assert.DoesNotContain("bob", story, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", story, StringComparison.Ordinal);
        Assert.DoesNotContain("Trash", story, StringComparison.Ordinal);
        Assert.Empty((await OwnAsync(TestServer.Alice, TestServer.Bob)).Trace!.Stories);
        Assert.Empty((await OwnAsync(TestServer.Alice, "nobody@example.org")).Trace!.Stories);
        Assert.Contains("Moved from INBOX of bob@example.org", Words(Assert.Single(await TraceAsync("<blind@example.net>"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a\u202eb\u001b[2J\u2028@example.net>")]
    [InlineData("<\",\\\"k\\\":\\\"moved\\\"}{@example.net>")]
    [InlineData("<\"}\\n{@example.net>")]
    [InlineData("<\u00e4\u00f6@example.net>")]
    [InlineData("no brackets")]
    public async Task A_hostile_id_is_found_and_disturbs_nothing(string id)
    {
        await DeliverAsync(id);
        await DeliverAsync("<after@example.net>");

        var story = Assert.Single(await TraceAsync(id));
        Assert.DoesNotContain(story.MessageId, character => char.IsControl(character) || character is '\u202e' or '\u2028');
        Assert.Single(await TraceAsync("<after@example.net>"));
    }

    [Fact]
    public async Task A_huge_id_is_cut_off_and_found()
    {
        var id = $"<{new string('x', 100_000)}@example.net>";
        await DeliverAsync($"{id}");

        Assert.Equal(JournalLimits.TextCharsMax, Assert.Single(await TraceAsync(id[..1500])).MessageId.Length);
        Assert.True(JournalReader.Bytes(_server.JournalFolder) < 5000);
    }

    [Fact]
    public async Task A_limit_keeps_the_newest_and_says_so()
    {
        for (var i = 0; i < 5; i++)
        {
            await DeliverAsync($"<{i}@example.net>");
            await _server.AdvanceAsync(TimeSpan.FromSeconds(1), until: null);
        }

        var reply = await RunAsync(new TraceMail("carol@example.net", Limit: 2));
        Assert.Equal(["3@example.net", "4@example.net"], reply.Trace!.Stories.Select(story => story.MessageId));
        Assert.True(reply.Trace.IsCut);
        Assert.False((await RunAsync(new TraceMail("carol@example.net", Limit: 5))).Trace!.IsCut);
    }

    [Fact]
    public async Task A_range_of_time_is_kept_to()
    {
        await DeliverAsync("<early@example.net>");
        await _server.AdvanceAsync(TimeSpan.FromMinutes(1), until: null);
        await DeliverAsync("<late@example.net>");

        var middle = TestServer.Start.AddSeconds(30);
        Assert.Equal("late@example.net", Assert.Single((await RunAsync(new TraceMail("carol@example.net", Since: middle))).Trace!.Stories).MessageId);
        Assert.Equal("early@example.net", Assert.Single((await RunAsync(new TraceMail("carol@example.net", Until: middle))).Trace!.Stories).MessageId);
    }

    [Theory]
    [InlineData("", 20, "Give a Message-ID or an address, of at most 2000 characters.")]
    [InlineData("<>x", 20, "Give a Message-ID or an address, of at most 2000 characters.")]
    [InlineData(" <> ", 20, "Give a Message-ID or an address, of at most 2000 characters.")]
    [InlineData("x@example.net", 0, "The limit is a number from 1 to 1000.")]
    [InlineData("x@example.net", 1001, "The limit is a number from 1 to 1000.")]
    public async Task What_cannot_be_asked_is_refused(string query, int limit, string text) =>
        Assert.Equal((AdminStatus.Refused, text), await RunAsync(new TraceMail(query, limit)) is var reply ? (reply.Status, reply.Text) : default);

    [Fact]
    public async Task A_moved_thousand_is_one_line_in_the_journal()
    {
        await AddManyAsync(1000);
        await Transcript.RunAsync(_server, """
            C: a1 SELECT inbox
            ...
            S: a1 OK *
            C: a2 MOVE 1:* Trash
            ...
            S: a2 OK *
            """, "alice");

        var story = Words(Assert.Single(await TraceAsync("<999@example.net>")));
        Assert.EndsWith("moved: Moved from INBOX of alice@example.org (UID 1000) to Trash (UID 1000) by IMAP (connection CID).", story, StringComparison.Ordinal);
        Assert.Single((await File.ReadAllTextAsync(Directory.GetFiles(_server.JournalFolder, "mail-*")[0])).Split('\n'), line => line.Contains("\"moved\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_account_ends_the_journey_and_its_name_is_gone()
    {
        await DeliverAsync("<one@example.net>");
        Assert.Equal(AdminStatus.Done, (await RunAsync(new RemoveAccountRequest(TestServer.Alice))).Status);

        Assert.Matches(
            "account-removed: The account account \\d+, which is gone was removed with its mail by the administrator\\.$", Words(Assert.Single(await TraceAsync("<one@example.net>"))));
    }

    private async Task AddManyAsync(int count)
    {
        var inbox = _server.Account(TestServer.Alice).FindMailbox(MailboxPath.Inbox)!;
        for (var i = 0; i < count; i++)
        {
            using var spool = _server.Store.NewSpool();
            spool.Write(Encoding.ASCII.GetBytes($"Message-ID: <{i}@example.net>\r\n\r\n"));
            spool.Complete();
            Assert.True((await _server.Store.AddMessagesAsync([new NewMessage { Mailbox = inbox, Content = spool }])).IsDone);
        }
    }

    private Task DeliverAsync(string id, string from = "carol@example.net", string to = "alice@example.org", string refused = "nobody@example.org") => SmtpAsync($$"""
        C: MAIL FROM:<{{from}}>
        S: 250 *
        C: RCPT TO:<{{to}}>
        S: 250 *
        C: RCPT TO:<{{refused}}>
        S: 550 *
        C: DATA
        S: 354 *
        C: <<{{RawBytes.Show(Encoding.UTF8.GetBytes($"Message-ID: {id}\r\n\r\nx\r\n.\r\n"))}}>>
        S: 250 *
        C: QUIT
        S: 221 *
        S: <closed>
        """);

    private Task SubmitAsync(string? id = null) => SmtpAsync($$"""
        C: AUTH PLAIN {{Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{TestServer.Alice}\0{TestServer.Password}"))}}
        S: 235 *
        C: MAIL FROM:<alice@example.org>
        S: 250 *
        C: RCPT TO:<bob@example.org>
        S: 250 *
        C: DATA
        S: 354 *
        C: {{(id is null ? "Subject: x" : $"Message-ID: {id}")}}
        C:
        C: x
        C: .
        S: 250 *
        C: QUIT
        S: 221 *
        S: <closed>
        """, "submissions");

    private Task SmtpAsync(string script, string service = "smtp") => Transcript.RunAsync(_server, $"""
        S: 220 *
        C: EHLO client.example
        ...
        S: 250 LIMITS *
        {script}
        """, service);

    private async Task WaitForAsync(string id)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while ((await TraceAsync(id)).Count == 0 && TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(10))
        {
            await Task.Yield();
        }
    }

    private async Task<IReadOnlyList<TraceStory>> TraceAsync(string query)
    {
        var reply = await RunAsync(new TraceMail(query));
        Assert.Equal((AdminStatus.Done, ""), (reply.Status, reply.Text));
        return reply.Trace!.Stories;
    }

    private Task<AdminReply> OwnAsync(string address, string? query) => RunAsync(new TraceOwnMail(address, query));

    private Task<AdminReply> RunAsync(AdminRequest request) =>
        request.RunAsync(new AdminContext(_server.Store, _server.Passwords, [], _server.Time) { Journal = _server.Observation.Journal }, CancellationToken.None);

    // Names of connections differ from run to run.
    private static string Words(TraceStory story) =>
        Regex.Replace(string.Join('\n', story.Steps.Select(step => $"{step.What}: {step.Text}")), "\\bc[0-9a-f]{6,}", "CID", RegexOptions.None, Patience);
}
