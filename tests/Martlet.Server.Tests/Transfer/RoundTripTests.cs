using System.Text;
using System.Text.RegularExpressions;
using Martlet.Server.Admin;
using Martlet.Server.Tests.Admin;
using Martlet.Server.Transfer;
using Martlet.Store.Model;
using Martlet.Testing;
using Xunit;
using static Martlet.Server.Tests.Transfer.TransferStore;

namespace Martlet.Server.Tests.Transfer;

/// <summary>What is exported is the same when it is imported into another account: every way out, every way back in.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<ExportFormat, ExportPacking> Ways()
    {
        var ways = new TheoryData<ExportFormat, ExportPacking>();
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            foreach (var packing in Enum.GetValues<ExportPacking>())
            {
                ways.Add(format, packing);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Everything_comes_back(ExportFormat format, ExportPacking packing)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        await FillAsync(store);
        var file = await store.ExportAsync(new ExportMail(Ada) { Format = format, Packing = packing });
        var reply = await store.ImportAsync(file, new ImportMail(Bob));

        Assert.True(reply.Status == AdminStatus.Done, reply.Text + string.Join('\n', reply.Import?.Problems ?? []));
        Assert.Equal(await store.MailAsync(), await store.MailAsync(Bob));
        Assert.Equal(store.Account().Mailboxes.Keys, store.Account(Bob).Mailboxes.Keys);
        if (format == ExportFormat.Maildir)
        {
            Assert.Equal(store.Account().Subscriptions, store.Account(Bob).Subscriptions);
        }
    }

    [Theory]
    [InlineData(ExportFormat.Maildir)]
    [InlineData(ExportFormat.Mbox)]
    public async Task An_import_of_ones_own_export_takes_nothing(ExportFormat format)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        await FillAsync(store);
        var before = await store.MailAsync();
        var reply = await store.ImportAsync(await store.ExportAsync(new ExportMail(Ada) { Format = format }));

        Assert.Equal((AdminStatus.Done, 0L, (long)before.Count), (reply.Status, reply.Import!.Taken, reply.Import.AlreadyThere));
        Assert.Equal(before, await store.MailAsync());
    }

    [Theory]
    [InlineData(ExportFormat.Maildir)]
    [InlineData(ExportFormat.Mbox)]
    public async Task Some_mailboxes_only(ExportFormat format)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        await FillAsync(store);
        await store.ImportAsync(await store.ExportAsync(new ExportMail(Ada) { Format = format, Mailboxes = ["Lists/a.b", "Lists/a.b"] }), new ImportMail(Bob));
        Assert.Equal(["Lists/a.b"], (await store.MailAsync(Bob)).Select(item => item.Mailbox).Distinct());

        foreach (var name in new[] { "Nowhere", "a//b" })
        {
            await store.ExportAsync(new ExportMail(Ada) { Mailboxes = [name] }, reply => Assert.Equal(AdminReply.Refused($"There is no mailbox {name}."), reply));
        }
    }

    [Fact]
    public async Task Nobody_exports_what_is_not_there()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        await FillAsync(store);
        await store.ExportAsync(new ExportMail("nobody@example.org"), reply => Assert.Equal("There is no account nobody@example.org; martlet account list shows those there are.", reply.Text));
        // Bob has mailboxes of the same names and none of her mail.
        await store.ExportAsync(new ExportMail(Bob), reply => Assert.Equal("0 messages of 6 mailboxes written.", reply.Text));
        await store.ExportAsync(new ExportMail(Bob) { Mailboxes = ["Lists/a.b"] }, reply => Assert.Equal("There is no mailbox Lists/a.b.", reply.Text));
    }

    [Fact]
    public async Task A_Maildir_has_room_for_26_keywords_and_tells_of_the_others()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        string[] keywords = [.. Enumerable.Range(10, 30).Select(i => $"k{i}")];
        await store.AddAsync("INBOX", "Subject: all\r\n\r\n", keywords: keywords);
        await store.AddAsync("INBOX", "Subject: last\r\n\r\n", keywords: ["k39"]);
        AdminReply? told = null;
        var file = await store.ExportAsync(new ExportMail(Ada), reply => told = reply);
        await store.ImportAsync(file, new ImportMail(Bob));

        Assert.Equal((AdminStatus.Done, 4), (told!.Status, told.Export!.Problems.Count));
        Assert.Equal([string.Join(' ', [.. keywords[..25], "k39"]), "k39"], (await store.MailAsync(Bob)).Select(item => item.Keywords));
    }

    [Fact]
    public async Task Mail_that_changes_while_it_is_exported_is_all_there()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, Ada, Bob);
        for (var i = 0; i < 1000; i++)
        {
            await store.AddAsync("INBOX", $"Subject: {i}\r\n\r\n");
        }

        // At the first message that is written the others are expunged, and new ones come.
        var inbox = store.Account().FindMailbox("INBOX")!;
        var isFirst = true;
        var file = new MemoryStream();
        var reply = await MailExport.RunAsync(store.Context, new ExportMail(Ada), file, ChangeAsync, Cancel);
        await store.ImportAsync(file.ToArray(), new ImportMail(Bob));

        Assert.Equal((AdminStatus.Done, 1000L), (reply.Status, reply.Export!.Messages));
        Assert.Equal(1000, (await store.MailAsync(Bob)).Count);
        Assert.Equal(["Subject: new\r\n\r\n"], (await store.MailAsync()).Select(item => item.Text));

        async ValueTask ChangeAsync(TransferProgress news)
        {
            if (isFirst)
            {
                isFirst = false;
                await store.Store.ExpungeAsync(inbox, [.. Enumerable.Range(1, 1000).Select(uid => new Uid((uint)uid))], onlyDeleted: false);
                await store.AddAsync("INBOX", "Subject: new\r\n\r\n");
            }
        }
    }

    [Fact]
    public async Task A_large_message_passes_in_pieces()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        var text = new StringBuilder("Subject: large\r\n\r\n");
        for (var i = 0; i < 60_000; i++)
        {
            text.Append("From line ").Append(i).Append(i % 1000 == 0 ? "\r x\r\n" : "\r\n");
        }

        await store.AddAsync("INBOX", text.ToString());
        foreach (var (format, packing) in new[] { (ExportFormat.Maildir, ExportPacking.Zip), (ExportFormat.Maildir, ExportPacking.Tar), (ExportFormat.Mbox, ExportPacking.Zip), (ExportFormat.Mbox, ExportPacking.TarGz) })
        {
            var into = $"{format}-{packing}";
            await store.ImportAsync(await store.ExportAsync(new ExportMail(Ada) { Format = format, Packing = packing, Mailboxes = ["INBOX"] }), new ImportMail(Bob) { Into = into });
            Assert.Equal(text.ToString(), Assert.Single(await store.MailAsync(Bob), item => item.Mailbox == into).Text);
        }
    }

    [Fact]
    public async Task The_corpus_comes_back_byte_for_byte_from_a_Maildir_and_line_for_line_from_mbox()
    {
        Assert.SkipWhen(Corpus.Folder is null, "No corpus here.");
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        var flags = 0;
        foreach (var name in new[] { "ham", "spam" })
        {
            foreach (var message in Corpus.Messages(name))
            {
                flags++;
                await store.AddAsync(name, Encoding.Latin1.GetString(message), (MessageFlags)(flags % 32), flags % 5 == 0 ? ["$Label" + (flags % 3), "corpus"] : [], seconds: Seconds + flags);
            }
        }

        var all = await store.MailAsync();
        Assert.True(all.Count > 2500);
        await store.ImportAsync(await store.ExportAsync(new ExportMail(Ada) { Packing = ExportPacking.TarGz }), new ImportMail(Bob) { Into = "m" });
        await store.ImportAsync(await store.ExportAsync(new ExportMail(Ada) { Format = ExportFormat.Mbox }), new ImportMail(Bob) { Into = "b" });
        var back = (await store.MailAsync(Bob)).ToLookup(item => item.Mailbox[0]);

        Assert.Equal(all, back['m'].Select(item => item with { Mailbox = item.Mailbox[2..] }));
        // Mbox keeps lines: a bare LF comes back as CRLF, and a last line gets an end.
        Assert.Equal(all.Select(item => item with { Text = Lines(item.Text) }), back['b'].Select(item => item with { Mailbox = item.Mailbox[2..] }));
        Assert.InRange(all.Count(item => Lines(item.Text) != item.Text), 0, 20);
    }

    private static string Lines(string text)
    {
        text = Regex.Replace(text, "(?<!\r)\n", "\r\n", RegexOptions.None, TimeSpan.FromSeconds(5));
        return text.EndsWith('\n') ? text : text + "\r\n";
    }

    // Names, flags, keywords, dates and bytes of the kinds that are hard to keep.
    private static async Task FillAsync(AdminStore store)
    {
        string[] names = ["INBOX", "INBOX/Below", "Sent", "Spam", "Lists/a.b", "Lists/a_b", "Lists/.hidden", "Entwürfe & mehr/日本", "cur/new/tmp", "dovecot", "x.mbox", "~tilde", "back\\slash", "col:on", "tab\u00a0nbsp",
            "UPPER", "upper", new string('l', 300), string.Join('/', Enumerable.Repeat("deep", 20)), "&AOk-", "A&-B", "100%", "subscriptions", ".martlet-mailboxes"];
        var number = 0;
        foreach (var name in names)
        {
            for (var i = 0; i < 3; i++)
            {
                number++;
                await store.AddAsync(
                    name, $"Subject: {number}\r\nStatus: RO\r\n\r\nFrom here\r\n>From there\r\nUmlaut \u00e4, dots:\r\n.\r\n..\r\n\r\n", (MessageFlags)(number % 32),
                    number % 3 == 0 ? ["$Forwarded", "Work", "a:b", "k" + (number % 7)] : [], seconds: Seconds - number);
            }
        }

        await store.AddAsync("odd", "Status: O\r\nX-Status: \r\nX-Keywords: not-ours\r\nSubject: block\r\n\r\n");
        await store.AddAsync("odd", "\r\n\r\n\r\n", seconds: -1000);
        await store.AddAsync("odd", "Subject: same\r\n\r\n");
        await store.AddAsync("odd", "Subject: same\r\n\r\n");
        await store.Store.SetSubscribedAsync(store.Account(), "Lists/a.b", isSubscribed: false);
        await store.Store.CreateMailboxAsync(store.Account(), "Nothing in it");
    }
}
