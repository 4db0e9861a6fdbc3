using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Martlet.SystemTests.RealInput;
using MimeKit;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>The tasks with MailKit. They build on each other: the order is that of <see cref="ClientTask.All"/>.</summary>
internal sealed class MailKitTasks(RealServer server) : IDisposable
{
    private static readonly DateTimeOffset Date = new(2020, 2, 29, 10, 0, 0, TimeSpan.FromHours(1));

    private readonly byte[] _message = ForeignProgram.Message();
    private readonly ImapClient _client = New(server);
    private IMailFolder? _archive;

    /// <summary>Name, what the server must offer for it, and the work.</summary>
    public (string Name, ImapCapabilities Needs, Func<Task> Work)[] All =>
    [
        ("connect", ImapCapabilities.None, ConnectAsync), ("starttls", ImapCapabilities.None, StartTlsAsync), ("login", ImapCapabilities.None, LoginAsync),
        ("id", ImapCapabilities.None, IdAsync), ("namespace", ImapCapabilities.None, NamespaceAsync), ("list", ImapCapabilities.None, ListAsync),
        ("mailboxes", ImapCapabilities.None, MailboxesAsync), ("append", ImapCapabilities.None, AppendAsync), ("status", ImapCapabilities.None, StatusAsync),
        ("fetch", ImapCapabilities.None, FetchAsync), ("body", ImapCapabilities.None, BodyAsync), ("search", ImapCapabilities.None, SearchAsync),
        ("store", ImapCapabilities.None, StoreAsync), ("copy", ImapCapabilities.None, CopyAsync), ("move", ImapCapabilities.None, MoveAsync),
        ("expunge", ImapCapabilities.None, ExpungeAsync), ("idle", ImapCapabilities.Idle, IdleAsync), ("condstore", ImapCapabilities.CondStore, CondStoreAsync),
        ("qresync", ImapCapabilities.QuickResync, QuickResyncAsync), ("compress", ImapCapabilities.Compress, CompressAsync),
        ("notify", ImapCapabilities.Notify, NotifyAsync), ("quota", ImapCapabilities.Quota, QuotaAsync), ("metadata", ImapCapabilities.Metadata, MetadataAsync),
        ("replace", ImapCapabilities.Replace, ReplaceAsync), ("multiappend", ImapCapabilities.MultiAppend, MultiAppendAsync),
        ("partial", ImapCapabilities.Partial, PartialAsync), ("utf8", ImapCapabilities.UTF8Accept, Utf8Async),
    ];

    private IMailFolder Inbox => _client.Inbox!;

    public bool Offers(ImapCapabilities needs) => (_client.Capabilities & needs) == needs;

    public void Dispose() => _client.Dispose();

    private static ImapClient New(RealServer server)
    {
        var expected = X509CertificateLoader.LoadCertificateFromFile(server.CertificatePath);
        return new ImapClient
        {
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, certificate, _, _) => expected.Equals(certificate) && expected.MatchesHostname("localhost"),
        };
    }

    private async Task<ImapClient> ConnectedAsync(string mailbox = "INBOX")
    {
        var other = New(server);
        await other.ConnectAsync("localhost", server.ImapsPort, SecureSocketOptions.SslOnConnect);
        await other.AuthenticateAsync(RealServer.Address, RealServer.Password);
        await (await other.GetFolderAsync(mailbox)).OpenAsync(FolderAccess.ReadWrite);
        return other;
    }

    private async Task ConnectAsync()
    {
        await _client.ConnectAsync("localhost", server.ImapsPort, SecureSocketOptions.SslOnConnect);
        Assert.True(_client.IsSecure);
    }

    private async Task StartTlsAsync()
    {
        using var other = New(server);
        await other.ConnectAsync("localhost", server.ImapPort, SecureSocketOptions.StartTls);
        Assert.True(other.IsSecure);
        await other.AuthenticateAsync(RealServer.Address, RealServer.Password);
        await other.DisconnectAsync(quit: true);
    }

    private async Task LoginAsync()
    {
        await Assert.ThrowsAsync<AuthenticationException>(() => _client.AuthenticateAsync(RealServer.Address, "wrong"));
        await _client.AuthenticateAsync(RealServer.Address, RealServer.Password);
        Assert.True(_client.IsAuthenticated);
    }

    private async Task IdAsync() => Assert.Equal("Martlet", (await _client.IdentifyAsync(new ImapImplementation { Name = "MailKit" }))!.Name);

    private Task NamespaceAsync()
    {
        var personal = Assert.Single(_client.PersonalNamespaces);
        Assert.Equal(("", '/'), (personal.Path, personal.DirectorySeparator));
        return Task.CompletedTask;
    }

    private async Task ListAsync()
    {
        foreach (var use in new[] { SpecialFolder.Archive, SpecialFolder.Drafts, SpecialFolder.Junk, SpecialFolder.Sent, SpecialFolder.Trash })
        {
            Assert.NotNull(_client.GetFolder(use));
        }

        var names = (await _client.GetFoldersAsync(_client.PersonalNamespaces[0])).Select(folder => folder.FullName).ToList();
        Assert.Contains("INBOX", names);
        _archive = _client.GetFolder(SpecialFolder.Archive);
    }

    private async Task MailboxesAsync()
    {
        var top = await _client.GetFolderAsync("");
        var folder = (await top.CreateAsync("Grüße", isMessageFolder: true))!;
        await folder.SubscribeAsync();
        Assert.True(folder.IsSubscribed);
        await folder.RenameAsync(top, "Grüße 2020");
        Assert.Contains(await _client.GetFoldersAsync(_client.PersonalNamespaces[0]), listed => listed.FullName == "Grüße 2020");
        await folder.UnsubscribeAsync();
        await folder.DeleteAsync();
        Assert.False(folder.Exists);
    }

    private async Task AppendAsync()
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(_message));
        for (uint uid = 1; uid <= 3; uid++)
        {
            Assert.Equal(uid, (await Inbox.AppendAsync(new AppendRequest(message, MessageFlags.Flagged, ["work"], Date)))!.Value.Id);
        }
    }

    private async Task StatusAsync()
    {
        await Inbox.StatusAsync(StatusItems.Count | StatusItems.UidNext | StatusItems.Unread | StatusItems.Size);
        Assert.Equal((3, 4u, 3, 3 * (ulong)_message.Length), (Inbox.Count, Inbox.UidNext!.Value.Id, Inbox.Unread, Inbox.Size!.Value));
        await Inbox.OpenAsync(FolderAccess.ReadWrite);
        Assert.Equal(3, Inbox.Count);
    }

    private async Task FetchAsync()
    {
        var items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Size
            | MessageSummaryItems.Envelope | MessageSummaryItems.BodyStructure | MessageSummaryItems.PreviewText;
        var summaries = await Inbox.FetchAsync(0, -1, new FetchRequest(items));
        Assert.Equal(3, summaries.Count);
        var first = summaries[0];
        Assert.Equal((MessageFlags.Flagged, "work", Date, (uint)_message.Length), (first.Flags!.Value, Assert.Single(first.Keywords), first.InternalDate!.Value, first.Size!.Value));
        Assert.Equal(("Grüße aus Köln", "Büro am Rhein"), (first.Envelope!.Subject, first.Envelope.From[0].Name));
        Assert.Equal("rhine.bin", Assert.Single(first.Attachments).FileName);
        Assert.StartsWith("Ein Gruß vom Rhein", first.PreviewText, StringComparison.Ordinal);
    }

    private async Task BodyAsync()
    {
        await AssertIsMessageAsync(new UniqueId(2));
        var structure = (await Inbox.FetchAsync([new UniqueId(2)], new FetchRequest(MessageSummaryItems.BodyStructure))).Single();
        using var part = (MimePart)await Inbox.GetBodyPartAsync(new UniqueId(2), structure.Attachments.Single());
        using var decoded = new MemoryStream();
        await part.Content!.DecodeToAsync(decoded);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (byte)i), decoded.ToArray());
    }

    private async Task AssertIsMessageAsync(UniqueId uid)
    {
        using var stream = await Inbox.GetStreamAsync(uid, "");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        Assert.Equal(_message, bytes.ToArray());
    }

    private async Task SearchAsync()
    {
        foreach (var query in new SearchQuery[]
        {
            SearchQuery.SubjectContains("KÖLN"), SearchQuery.DeliveredAfter(Date.Date).And(SearchQuery.SentOn(Date.Date)), SearchQuery.BodyContains("Gruß vom Rhein"),
            SearchQuery.HasKeyword("work"),
        })
        {
            Assert.Equal([1, 2, 3], (await Inbox.SearchAsync(query)).Select(uid => uid.Id));
        }

        Assert.Empty(await Inbox.SearchAsync(SearchQuery.HasKeyword("play")));
        Assert.Equal(3, (await Inbox.SearchAsync(SearchOptions.Count | SearchOptions.Min, SearchQuery.All)).Count);
    }

    private async Task StoreAsync()
    {
        UniqueId[] first = [new UniqueId(1)];
        await Inbox.StoreAsync(first, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Answered, ["later"]));
        await Inbox.StoreAsync(first, new StoreFlagsRequest(StoreAction.Remove, MessageFlags.Flagged, ["work"]));
        var summary = (await Inbox.FetchAsync(first, new FetchRequest(MessageSummaryItems.Flags))).Single();
        Assert.Equal((MessageFlags.Answered, "later"), (summary.Flags, Assert.Single(summary.Keywords)));
    }

    private async Task CopyAsync() => Assert.Equal(1u, (await Inbox.CopyToAsync([new UniqueId(1)], _archive!)).Destination.Single().Id);

    private async Task MoveAsync()
    {
        Assert.Equal(2u, (await Inbox.MoveToAsync([new UniqueId(2)], _archive!)).Destination.Single().Id);
        Assert.Equal([1, 3], (await Inbox.SearchAsync(SearchQuery.All)).Select(uid => uid.Id));
    }

    private async Task ExpungeAsync()
    {
        UniqueId[] third = [new UniqueId(3)];
        await Inbox.StoreAsync(third, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted));
        await Inbox.ExpungeAsync(third);
        Assert.Equal([1], (await Inbox.SearchAsync(SearchQuery.All)).Select(uid => uid.Id));
    }

    private async Task IdleAsync()
    {
        using var done = new CancellationTokenSource();
        void Told(object? sender, EventArgs e) => done.Cancel();
        Inbox.CountChanged += Told;
        var idle = _client.IdleAsync(done.Token);
        await using (var smtp = await WireClient.SmtpAsync(server))
        {
            await smtp.DeliverAsync("a@example.org", RealServer.Address, _message);
        }

        await idle;
        Inbox.CountChanged -= Told;
        Assert.Equal(2, Inbox.Count);
    }

    private async Task CondStoreAsync()
    {
        await Inbox.StatusAsync(StatusItems.HighestModSeq);
        var before = Inbox.HighestModSeq;
        await Inbox.StoreAsync([new UniqueId(1)], new StoreFlagsRequest(StoreAction.Add, ["seen-again"]));
        var changed = await Inbox.FetchAsync(0, -1, new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.ModSeq) { ChangedSince = before });
        var one = Assert.Single(changed);
        Assert.True(one.UniqueId.Id == 1 && one.ModSeq > before);
    }

    private async Task QuickResyncAsync()
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(_message));
        var gone = (await Inbox.AppendAsync(new AppendRequest(message)))!.Value;
        await Inbox.CloseAsync();
        await Inbox.OpenAsync(FolderAccess.ReadWrite);
        var (validity, modseq, known) = (Inbox.UidValidity, Inbox.HighestModSeq, await Inbox.SearchAsync(SearchQuery.All));
        await Inbox.StoreAsync([new UniqueId(1)], new StoreFlagsRequest(StoreAction.Add, ["meanwhile"]));
        await Inbox.StoreAsync([gone], new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted));
        await Inbox.ExpungeAsync([gone]);

        using var other = New(server);
        await other.ConnectAsync("localhost", server.ImapsPort, SecureSocketOptions.SslOnConnect);
        await other.AuthenticateAsync(RealServer.Address, RealServer.Password);
        await other.EnableQuickResyncAsync();
        var (vanished, changed) = (new List<MessagesVanishedEventArgs>(), new List<MessageFlagsChangedEventArgs>());
        other.Inbox!.MessagesVanished += (_, e) => vanished.Add(e);
        other.Inbox.MessageFlagsChanged += (_, e) => changed.Add(e);
        await other.Inbox.OpenAsync(FolderAccess.ReadWrite, validity, modseq, known);
        Assert.Equal(gone, Assert.Single(Assert.Single(vanished, e => e.Earlier).UniqueIds));
        Assert.Contains("meanwhile", Assert.Single(changed, e => e.UniqueId?.Id == 1).Keywords);
        await other.DisconnectAsync(quit: true);
    }

    // MailKit compresses only while no mailbox is open.
    private async Task CompressAsync()
    {
        await Inbox.CloseAsync();
        await _client.CompressAsync();
        await Inbox.OpenAsync(FolderAccess.ReadWrite);
        await AssertIsMessageAsync(new UniqueId(1));
    }

    private async Task NotifyAsync()
    {
        await _archive!.StatusAsync(StatusItems.Count);
        var before = _archive.Count;
        ImapEvent[] events = [new ImapEvent.MessageNew(), ImapEvent.MessageExpunge, ImapEvent.FlagChange];
        await _client.NotifyAsync(status: false, [new ImapEventGroup(ImapMailboxFilter.Selected, events), new ImapEventGroup(ImapMailboxFilter.Personal, events)]);
        using var done = new CancellationTokenSource();
        _archive.CountChanged += (_, _) => done.Cancel();
        var idle = _client.IdleAsync(done.Token);
        using (var other = await ConnectedAsync())
        {
            await other.Inbox!.CopyToAsync([new UniqueId(1)], await other.GetFolderAsync(_archive.FullName));
            await other.DisconnectAsync(quit: true);
        }

        await idle;
        Assert.Equal(before + 1, _archive.Count);
    }

    private async Task QuotaAsync()
    {
        var quota = await Inbox.GetQuotaAsync();
        Assert.True(quota.CurrentStorageSize is > 0, "no use is told");
    }

    private async Task MetadataAsync()
    {
        await Inbox.SetMetadataAsync(new MetadataCollection([new Metadata(MetadataTag.PrivateComment, "Grüße")]));
        Assert.Equal("Grüße", await Inbox.GetMetadataAsync(MetadataTag.PrivateComment));
    }

    private async Task ReplaceAsync()
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(_message));
        var added = (await Inbox.AppendAsync(new AppendRequest(message, MessageFlags.Draft)))!.Value;
        var replaced = (await Inbox.ReplaceAsync(added, new ReplaceRequest(message, MessageFlags.Draft)))!.Value;
        var uids = await Inbox.SearchAsync(SearchQuery.All);
        Assert.True(replaced.Id > added.Id && uids.Contains(replaced) && !uids.Contains(added));
        await AssertIsMessageAsync(replaced);
    }

    private async Task MultiAppendAsync()
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(_message));
        var uids = await Inbox.AppendAsync([new AppendRequest(message, MessageFlags.Seen), new AppendRequest(message, MessageFlags.Draft)]);
        Assert.Equal(2, uids.Count);
        var summaries = await Inbox.FetchAsync([.. uids], new FetchRequest(MessageSummaryItems.Flags));
        Assert.Equal([MessageFlags.Seen, MessageFlags.Draft], summaries.Select(summary => summary.Flags));
    }

    private async Task PartialAsync()
    {
        var all = await Inbox.SearchAsync(SearchQuery.All);
        var page = await Inbox.SearchAsync(SearchOptions.Count, SearchQuery.All, new PartialRange(-1, -2));
        Assert.Equal(all.TakeLast(2), page.UniqueIds.Order());
        var request = new FetchRequest(MessageSummaryItems.UniqueId) { PartialRange = new PartialRange(2, 3) };
        Assert.Equal(all.Skip(1).Take(2), (await Inbox.FetchAsync([.. all], request)).Select(summary => summary.UniqueId));
    }

    private async Task Utf8Async()
    {
        using var other = New(server);
        await other.ConnectAsync("localhost", server.ImapsPort, SecureSocketOptions.SslOnConnect);
        await other.AuthenticateAsync(RealServer.Address, RealServer.Password);
        await other.EnableUTF8Async();
        var folder = (await (await other.GetFolderAsync("")).CreateAsync("Köln & Umgebung", isMessageFolder: true))!;
        await folder.OpenAsync(FolderAccess.ReadWrite);
        using var message = new MimeMessage([new MailboxAddress("Büro", "büro@example.org")], [new MailboxAddress("", RealServer.Address)], "Grüße", new TextPart { Text = "" });
        var options = new FormatOptions { International = true };
        await folder.AppendAsync(options, new AppendRequest(message));
        var summary = Assert.Single(await folder.FetchAsync(0, -1, new FetchRequest(MessageSummaryItems.Envelope)));
        Assert.Equal("büro@example.org", Assert.Single(summary.Envelope!.From.Mailboxes).Address);
        await other.DisconnectAsync(quit: true);
        Assert.Contains(await _client.GetFoldersAsync(_client.PersonalNamespaces[0]), listed => listed.FullName == "Köln & Umgebung");
    }
}
