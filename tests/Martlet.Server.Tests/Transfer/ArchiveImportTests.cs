using System.IO.Compression;
using Martlet.Server.Admin;
using Martlet.Server.Tests.Admin;
using Martlet.Server.Transfer;
using Martlet.Store.Model;
using Xunit;
using static Martlet.Server.Tests.Transfer.TransferStore;

namespace Martlet.Server.Tests.Transfer;

public sealed class ArchiveImportTests
{
    private static readonly (string, string?)[] Maildir =
    [
        ("Maildir/cur", null),
        ("Maildir/cur/1.a:2,Sab", Message(1)),
        ("Maildir/new/2.b", Message(2)),
        ("Maildir/tmp/3.c", Message("half")),
        ("Maildir/.Sent Items/cur/4.d:2,RS", Message(4)),
        ("Maildir/.Entw&APw-rfe.2019/cur/5.e:2,DFTP", Message(5)),
        ("Maildir/.Empty/cur", null),
        ("Maildir/.Empty/dovecot.index", "x"),
        // What says how to read the rest may come last.
        ("Maildir/dovecot-keywords", "0 Work\n1 $Label1\n"),
        ("Maildir/subscriptions", "V\t2\n\nINBOX\nEntw&APw-rfe\t2019\nGone\n"),
    ];

    private static readonly MailItem[] Mail =
    [
        new("Entwürfe/2019", Wire(5), Seconds + 6, MessageFlags.Draft | MessageFlags.Flagged | MessageFlags.Deleted, "$Forwarded"),
        new("INBOX", Wire(1), Seconds + 2, MessageFlags.Seen, "$Label1 Work"),
        new("INBOX", Wire(2), Seconds + 3, MessageFlags.None, ""),
        new("Sent", Wire(4), Seconds + 5, MessageFlags.Answered | MessageFlags.Seen, ""),
    ];

    [Theory]
    [InlineData("tar", true)]
    [InlineData("tar", false)]
    [InlineData("tar.gz", true)]
    [InlineData("tar.gz", false)]
    [InlineData("zip", true)]
    [InlineData("zip", false)]
    public async Task A_Maildir_becomes_mailboxes_with_flags_keywords_dates_and_subscriptions(string packing, bool isRunning)
    {
        await using var store = await AdminStore.OpenAsync(isRunning, Ada, Bob);
        var file = packing == "zip" ? await ZipAsync(Maildir) : packing == "tar" ? await TarAsync(Maildir) : Gzip(await TarAsync(Maildir));

        var reply = await store.ImportAsync(file);

        Assert.Equal((AdminStatus.Done, "4 messages taken into 4 mailboxes."), (reply.Status, reply.Text));
        Assert.Equal(Mail, await store.MailAsync());
        var account = store.Account();
        Assert.True(account.FindMailbox("Empty") is { Info.Messages: 0 });
        Assert.Contains("Entwürfe/2019", account.Subscriptions);
        Assert.DoesNotContain("Empty", account.Subscriptions);
        Assert.DoesNotContain("Gone", account.Subscriptions);
        Assert.Empty(await store.MailAsync(Bob));
    }

    [Fact]
    public async Task What_is_there_is_not_taken_again_and_what_is_missing_is()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        await store.ImportAsync(await TarAsync(Maildir));
        var again = await store.ImportAsync(await ZipAsync([.. Maildir, ("Maildir/cur/9.z:2,", Message(9))]));

        Assert.Equal((AdminStatus.Done, "1 message taken into 4 mailboxes, 4 were there already."), (again.Status, again.Text));
        Assert.Equal(5, (await store.MailAsync()).Count);
    }

    [Fact]
    public async Task Two_that_are_the_same_in_the_source_are_two_here_however_often_it_is_run()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, Ada);
        (string, string?)[] two = [("cur/1041379200.a:2,", Message(1)), ("cur/1041379200.b:2,S", Message(1))];
        // Without their own dates the files have those of their names.
        for (var run = 0; run < 3; run++)
        {
            await store.ImportAsync(await TarAsync(two), new ImportMail(Ada) { DatesFromNames = true });
            Assert.Equal(2, (await store.MailAsync()).Count);
        }

        await store.ImportAsync(await TarAsync([.. two, ("cur/1041379200.c:2,", Message(1))]), new ImportMail(Ada) { DatesFromNames = true });
        Assert.Equal(3, (await store.MailAsync()).Count);
    }

    [Fact]
    public async Task A_dry_run_counts_and_changes_nothing()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        await store.AddAsync("INBOX", Wire(1), seconds: Seconds + 2);
        var reply = await store.ImportAsync(await TarAsync(Maildir), new ImportMail(Ada) { IsDryRun = true });

        Assert.Equal((AdminStatus.Done, "3 messages would be taken into 4 mailboxes, 1 was there already."), (reply.Status, reply.Text));
        Assert.True(reply.Import!.IsDryRun);
        Assert.Equal([new("Empty", 0, true), new("Entwürfe/2019", 1, true), new("INBOX", 1), new MailboxCount("Sent", 1)], reply.Import.Mailboxes);
        Assert.Single(await store.MailAsync());
        Assert.Null(store.Account().FindMailbox("Empty"));

        await store.Store.SetQuotaAsync(store.Account().Id, bytes: null, messages: 3);
        reply = await store.ImportAsync(await TarAsync(Maildir), new ImportMail(Ada) { IsDryRun = true });
        Assert.Equal(
            (AdminStatus.Refused, "3 messages would be taken into 4 mailboxes, 1 was there already; the account's quota has no room for all of it."), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task Everything_goes_below_a_mailbox_when_one_is_named()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        await store.ImportAsync(await TarAsync(Maildir), new ImportMail(Ada) { Into = "Old/Server" });

        Assert.Equal(
            ["Old/Server", "Old/Server", "Old/Server/Entwürfe/2019", "Old/Server/Sent Items"], (await store.MailAsync()).Select(item => item.Mailbox));
        Assert.Equal("'a//b' cannot be the name of a mailbox.", (await store.ImportAsync(await TarAsync(Maildir), new ImportMail(Ada) { Into = "a//b" })).Text);
    }

    [Fact]
    public async Task Mbox_files_and_Maildirs_lie_beside_each_other_and_noise_is_passed_over()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        const string Mbox = "From a Thu Aug 22 13:52:59 2002\nSubject: m\n\nm\n\n";
        var problems = new List<string>();
        var reply = await store.ImportAsync(
            await ZipAsync(
                ("Mail/Inbox", Mbox), ("Mail/Inbox.msf", "x"), ("Mail/Work.sbd/Projects", Mbox), ("Mail/Work", Mbox), ("Mail/Apple.mbox/mbox", Mbox), ("Mail/Spam.mbox", Mbox),
                ("Mail/box/new/1", Message(1)), ("Mail/empty", ""), ("Mail/.DS_Store", "x"), ("__MACOSX/Mail/._Inbox", "x"), ("Mail/photo.jpg", "x"), ("Mail/box/link.txt", "y")),
            problems: problems);

        Assert.Equal((AdminStatus.Refused, "6 messages taken into 6 mailboxes, 2 not taken."), (reply.Status, reply.Text));
        Assert.Equal(["Apple", "INBOX", "Junk", "Work", "Work/Projects", "box"], (await store.MailAsync()).Select(item => item.Mailbox));
        Assert.Equal(
            ["Mail/photo.jpg: it is neither a message of a Maildir nor an mbox file", "Mail/box/link.txt: it is neither a message of a Maildir nor an mbox file"], problems);
        Assert.Equal(problems, reply.Import!.Problems);
    }

    [Fact]
    public async Task A_single_mbox_file_goes_into_a_mailbox_of_its_own()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        var mbox = "From a Thu Aug 22 13:52:59 2002\nSubject: m\n\nm\n"u8.ToArray();
        Assert.Equal("1 message taken into Imported.", (await store.ImportAsync(mbox)).Text);
        Assert.Equal("0 messages taken into Imported, 1 was there already.", (await store.ImportAsync(Gzip(mbox))).Text);
        Assert.Equal("1 message taken into Sent Items.", (await store.ImportAsync(mbox, new ImportMbox(Ada, "Sent Items"))).Text);
    }

    [Fact]
    public async Task Paths_that_point_elsewhere_and_links_are_told_and_left_out()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        var deep = string.Concat(Enumerable.Repeat("d/", 50));
        var problems = new List<string>();
        var reply = await store.ImportAsync(
            await TarAsync(("../../etc/cur/1", Message(1)), ("/abs/cur/2", Message(2)), ($"{deep}cur/3", Message(3)), ("a/../b/cur/4", Message(4)), ("./abs//./cur/5", Message(5)), ("a\nb/cur/6", Message(6))),
            problems: problems);

        Assert.Equal((AdminStatus.Refused, 4), (reply.Status, problems.Count));
        Assert.Equal(
            ["../../etc/cur/1: its name points out of the archive", $"{deep}cur/3: it is more than 40 folders deep", "a/../b/cur/4: its name points out of the archive",
                "a?b/cur/6: its name has a control character in it"], problems);
        Assert.Equal([("INBOX", Wire(2)), ("INBOX", Wire(5))], (await store.MailAsync()).Select(item => (item.Mailbox, item.Text)));
    }

    [Fact]
    public async Task Names_that_cannot_be_mailboxes_are_told_and_others_made_to_fit()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        var problems = new List<string>();
        await store.ImportAsync(
            await TarAsync((".a..b/cur/1", Message(1)), (".#x/cur/2", Message(2)), (".&AC8-/cur/3", Message(3)), ($".{string.Join('.', Enumerable.Repeat("l", 30))}/cur/4", Message(4)), (".inbox.Sub/cur/5", Message(5))),
            problems: problems);

        Assert.Equal(["&AC8-", "INBOX/Sub", "_x", "a/_/b"], (await store.MailAsync()).Select(item => item.Mailbox));
        Assert.Single(problems, problem => problem.EndsWith("cur/4: no mailbox can have this name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_account_ends_the_import_with_what_is_in_it()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        await store.Store.SetQuotaAsync(store.Account().Id, bytes: null, messages: 3);
        var many = await TarAsync([.. Enumerable.Range(0, 2000).Select(i => ($"cur/{i}", (string?)Message(i)))]);
        var reply = await store.ImportAsync(many);

        Assert.Equal(AdminStatus.Refused, reply.Status);
        Assert.Matches("^3 messages taken into INBOX, [0-9]+ not taken: the account's quota is full. The rest of the file was not read. Running it again takes what is missing.$", reply.Text);
        await store.Store.SetQuotaAsync(store.Account().Id, bytes: null, messages: 2000);
        reply = await store.ImportAsync(many);
        Assert.Equal((AdminStatus.Done, "1997 messages taken into INBOX, 3 were there already."), (reply.Status, reply.Text));
        Assert.Equal(Enumerable.Range(0, 2000).Select(Wire).Order(StringComparer.Ordinal), (await store.MailAsync()).Select(item => item.Text).Order(StringComparer.Ordinal));
        Assert.Empty(await store.MailAsync(Bob));
    }

    [Fact]
    public async Task What_is_no_archive_is_refused_with_what_it_is()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        foreach (var (file, text) in new (byte[], string)[]
        {
            ("hello"u8.ToArray(), "The file could not be read to its end: it is neither an mbox file nor a zip, tar or tar.gz file. 0 messages taken into 0 mailboxes; they stay. Running it again takes what is missing."),
            ([0x42, 0x5A, 0x68, 0x39], "The file could not be read to its end: it is packed with bzip2, which is not understood; make it a zip or tar.gz file. 0 messages taken into 0 mailboxes; they stay. Running it again takes what is missing."),
            ([], "The file is empty; 0 messages taken into 0 mailboxes."),
            (await TarAsync(), "There is no mail in it: neither a Maildir (folders with cur and new in them) nor an mbox file."),
            (await ZipAsync(), "There is no mail in it: neither a Maildir (folders with cur and new in them) nor an mbox file."),
        })
        {
            Assert.Equal(text, (await store.ImportAsync(file)).Text);
        }

        Assert.Equal("There is no account nobody@example.org; martlet account list shows those there are.", (await store.ImportAsync(await TarAsync(Maildir), new ImportMail("nobody@example.org"))).Text);
    }

    [Fact]
    public async Task A_stopped_import_keeps_what_it_has_and_lets_the_next_one_in()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, Ada);
        using var stop = new CancellationTokenSource();
        var many = await TarAsync([.. Enumerable.Range(0, 1000).Select(i => ($"cur/{i}", (string?)Message(i)))]);
        var reply = await store.Channel.ImportAsync(new ImportMail(Ada), new MemoryStream(many), news => { if (news.Done == 300) { stop.Cancel(); } }, stop.Token);

        Assert.Equal(AdminStatus.Failed, reply.Status);
        Assert.StartsWith("The import was stopped. ", reply.Text, StringComparison.Ordinal);
        Assert.InRange(reply.Import!.Taken, 300, 999);
        Assert.Equal(reply.Import.Taken, (await store.MailAsync()).Count);
        Assert.Equal(AdminStatus.Done, (await store.ImportAsync(many)).Status);
        Assert.Equal(1000, (await store.MailAsync()).Count);
    }

    [Fact]
    public async Task One_import_of_an_account_runs_at_a_time()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, new StoreLimits(), new TransferLimits { ImportsAtOnceMax = 1 }, Ada, Bob);
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var first = store.ImportAsync(new Waiting(gate.Task, started), new ImportMail(Ada));
        await started.Task;

        Assert.Equal(AdminReply.Refused("Another import into this account is running; wait until it is done."), await store.ImportAsync(await TarAsync(Maildir)));
        Assert.Equal(
            AdminReply.Refused("Too many imports are running (limit imports-at-once); try again later."), await store.ImportAsync(await TarAsync(Maildir), new ImportMail(Bob)));
        gate.SetResult();
        Assert.Equal("The file is empty; 0 messages taken into 0 mailboxes.", (await first).Text);
        Assert.Equal(AdminStatus.Done, (await store.ImportAsync(await TarAsync(Maildir), new ImportMail(Bob))).Status);
    }

    internal static string Wire(int subject) => Message(subject).Replace("\n", "\r\n", StringComparison.Ordinal);

    internal static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private sealed class Waiting(Task gate, TaskCompletionSource started) : MemoryStream
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            started.TrySetResult();
            await gate;
            return 0;
        }
    }
}
