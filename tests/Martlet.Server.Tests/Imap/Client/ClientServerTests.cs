using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Martlet.Network.Imap;
using Martlet.Network.Tls;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Commands;
using Martlet.Protocols.Imap.Responses;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>Our client and our server, over sockets.</summary>
public sealed class ClientServerTests
{
    private static readonly NumSet All = NumSet.Of(new NumRange(1, NumRange.Star));

    [Fact]
    public async Task A_day_of_a_mailbox()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server);
        Assert.True(client.IsAuthenticated && client.Capabilities.Has(Capability.Idle));
        Assert.True((await client.ExecuteAsync(new CreateRequest(new MailboxName("Wörk/été"), "\\Archive"))).IsOk);
        var names = (await client.ListAsync()).EnsureOk().All<ListData>().ToDictionary(static list => list.Mailbox.Value);
        Assert.True(names["Wörk/été"].Separator == '/' && names.ContainsKey("INBOX"));

        var date = new DateTimeOffset(2026, 2, 1, 9, 30, 0, TimeSpan.FromHours(-3));
        var appended = await client.AppendAsync("INBOX", Message(Mail.One) with { Flags = [Flag.Seen, Keyword("$Work")], InternalDate = date }, Message(Mail.Nested));
        var uids = appended.EnsureOk().Code<AppendUidCode>()!.Uids;
        Assert.Equal("1:2", uids.ToString());

        Assert.True((await client.SelectAsync("INBOX")).IsOk);
        Assert.Equal((2u, 3L, false), (client.Selected!.Exists, client.Selected.UidNext, client.Selected.IsReadOnly));
        var fetched = (await client.FetchAsync(All, Items(FetchItemKind.Flags, FetchItemKind.InternalDate, FetchItemKind.Size, FetchItemKind.Envelope, FetchItemKind.BodyStructure))).All<FetchData>().ToList();
        Assert.Equal((1u, date, (long)Mail.One.Length, "One"), (fetched[0].Uid, fetched[0].InternalDate, fetched[0].Size, fetched[0].Envelope?.Subject));
        Assert.True(fetched[0].Has(Flag.Seen) && fetched[0].Has(Keyword("$work")) && !fetched[1].Has(Flag.Seen));
        Assert.IsType<BodyMultipart>(fetched[1].Structure);

        Dictionary<uint, byte[]> messages = [];
        await client.DownloadAsync(All, async (message, _, data, cancel) =>
        {
            var copy = new MemoryStream();
            await data.CopyToAsync(copy, cancel);
            messages[message.Uid!.Value] = copy.ToArray();
        });
        Assert.Equal((Mail.One, Mail.Nested), (Encoding.UTF8.GetString(messages[1]), Encoding.UTF8.GetString(messages[2])));

        Assert.True((await client.StoreAsync(NumSet.OfNumbers(2), StoreAction.Add, Flag.Flagged)).Last<FetchData>()!.Has(Flag.Flagged));
        Assert.Equal("2", (await client.SearchAsync(new FlagKey(Flag.Flagged, IsSet: true))).Uids.ToString());
        Assert.Equal("1", (await client.SearchAsync(new AndKey([new TextKey(SearchField.Subject, "one"), new NotKey(new TextKey(SearchField.Body, "é"))]))).Uids.ToString());
        Assert.Equal([(1u, 1u)], (await client.CopyAsync(NumSet.OfNumbers(1), "Wörk/été")).Code<CopyUidCode>()!.Pairs());
        Assert.Equal([(2u, 2u)], (await client.MoveAsync(NumSet.OfNumbers(2), "Wörk/été")).Code<CopyUidCode>()!.Pairs());
        Assert.Equal(1u, client.Selected.Exists);
        Assert.Equal(2L, (await client.StatusAsync("Wörk/été", StatusItems.Messages | StatusItems.Size)).Last<StatusData>()?.Messages);

        await client.StoreAsync(All, StoreAction.Add, Flag.Deleted);
        Assert.True((await client.ExpungeAsync(All)).IsOk);
        Assert.Equal(0u, client.Selected.Exists);
        Assert.Equal("NONEXISTENT", (await client.SelectAsync("nowhere")).Status.Code?.Name);
        Assert.Null(client.Selected);
        await client.LogoutAsync();
    }

    [Fact]
    public async Task Names_and_searches_are_the_same_in_UTF8()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server);
        await client.EnableAsync("IMAP4rev2", "UTF8=ACCEPT");
        Assert.True(client.Enabled.Contains("utf8=accept"));
        await client.ExecuteAsync(new CreateRequest(new MailboxName("Entwürfe \"&\"")));
        Assert.Contains((await client.ListAsync("Entw*")).All<ListData>(), static list => list.Mailbox.Value == "Entwürfe \"&\"");
        Assert.True((await client.AppendAsync("Entwürfe \"&\"", Message("Subject: été\r\n\r\nx") with { IsUtf8 = true })).IsOk);
        await client.SelectAsync("Entwürfe \"&\"");
        Assert.Equal("1", (await client.SearchAsync(new TextKey(SearchField.Subject, "ÉTÉ"))).Uids.ToString());
    }

    [Fact]
    public async Task Every_answer_of_the_server_is_understood()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One, Mail.Two, Mail.Three, Mail.Nested);
        await using var client = await LoginAsync(server);
        ImapRequest[] requests =
        [
            BareRequest.Capability, BareRequest.Noop, BareRequest.Namespace, new IdRequest(new KeyValuePair<string, string?>("name", "test")), new IdRequest(),
            new SelectRequest(MailboxName.Inbox) { IsReadOnly = true }, new SelectRequest(MailboxName.Inbox),
            new ListRequest(default, "*", "%") { Selections = ListSelections.Subscribed | ListSelections.RecursiveMatch, Returns = ListReturns.Children | ListReturns.SpecialUse | ListReturns.Subscribed, Status = StatusItems.Messages | StatusItems.Size },
            new LsubRequest(default, "*"), new SubscribeRequest(new MailboxName("x")), new SubscribeRequest(new MailboxName("x"), IsOn: false),
            new FetchRequest(All, Items([.. Enum.GetValues<FetchItemKind>().Where(static kind => kind is not (FetchItemKind.Section or FetchItemKind.Binary or FetchItemKind.BinarySize or FetchItemKind.ModSeq))])),
            new FetchRequest(All, new FetchItem(FetchItemKind.Binary) { Section = new Section([1], SectionText.Whole, []), IsPeek = true }, new FetchItem(FetchItemKind.BinarySize) { Section = new Section([1], SectionText.Whole, []) }),
            new FetchRequest(All, new FetchItem(FetchItemKind.Section) { Section = new Section([], SectionText.HeaderFieldsNot, ["Subject", "Date"]), Partial = new FetchPartial(2, 7) }) { IsUid = false },
            new StoreRequest(All, StoreAction.Replace, Flag.Answered) { IsSilent = true, IsUid = false },
            new SearchRequest(new AllKey()), new SearchRequest(new OrKey(new SizeKey(IsLarger: true, 10), new AgeKey(IsOlder: true, 5))) { Returns = SearchReturns.Min | SearchReturns.Max | SearchReturns.Count | SearchReturns.Save },
            new CopyRequest(NumSet.SavedResult, MailboxName.Inbox), new RenameRequest(new MailboxName("nowhere"), new MailboxName("x")), new DeleteRequest(new MailboxName("nowhere")),
            BareRequest.Check, BareRequest.Expunge, BareRequest.Unselect,
        ];
        foreach (var request in requests)
        {
            var result = await client.ExecuteAsync(request);
            Assert.True(result.Status.Kind != StatusKind.Bad, $"{request}: {result.Status}");
            Assert.Empty(result.Invalid);
            Assert.Empty(result.All<UnknownResponse>());
        }
    }

    [Fact]
    public async Task IDLE_tells_of_what_others_do()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server);
        await using var other = await LoginAsync(server);
        await client.SelectAsync("INBOX");
        var idling = client.IdleAsync(response => response is not ExistsData { Messages: 1 }, CancellationToken.None);
        await other.AppendAsync("INBOX", Message(Mail.One));
        Assert.True((await idling).IsOk);
        Assert.Equal(1u, client.Selected!.Exists);
        Assert.Single((await client.FetchAsync(All, Items(FetchItemKind.Uid))).All<FetchData>());
    }

    [Fact]
    public async Task Literals_pass_when_they_are_asked_for()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server, options => options with { UnaskedMessageBytesMax = 10 });
        Assert.True((await client.AppendAsync("INBOX", Message(Mail.One), Message(Mail.Two))).IsOk);
        Assert.Equal("TRYCREATE", (await client.AppendAsync("nowhere", Message(Mail.One))).Status.Code?.Name);
        Assert.Equal(2L, (await client.StatusAsync("INBOX", StatusItems.Messages)).Last<StatusData>()?.Messages);
    }

    [Theory]
    [InlineData("imaps", ImapSecurity.Tls)]
    [InlineData("strict", ImapSecurity.StartTls)]
    public async Task TLS_from_the_start_and_with_STARTTLS(string service, ImapSecurity security)
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ImapClient.ConnectAsync(Options(server, service) with { Security = security, ServerCertificateValidation = IsOurs });
        Assert.True(client.Tls is not null && !client.Capabilities.Has(Capability.LoginDisabled) && !client.Capabilities.Has(Capability.StartTls));
        Assert.True((await client.AuthenticateAsync(new PlainClient(TestServer.Alice, TestServer.Password))).IsOk);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var server = await ImapServer.StartAsync();
        await FakeServer.FailsAsync(() => ImapClient.ConnectAsync(Options(server, "imaps") with { Security = ImapSecurity.Tls }), ImapFailure.Tls);
        await FakeServer.FailsAsync(() => ImapClient.ConnectAsync(Options(server, "strict") with { Security = ImapSecurity.StartTls }), ImapFailure.Tls);
    }

    [Fact]
    public async Task A_client_certificate_is_sent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var identity = ClientIdentity.FromCertificate(new CertificateRequest("CN=ann", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1)));
        string? seen = null;
        await FakeServer.RunRawAsync(
            async server =>
            {
                var tls = new SslStream(server.Both);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = TestServer.Tls.Certificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, client, _, _) => (seen = client?.Subject) is not null,
                });
                await tls.WriteAsync("* PREAUTH [CAPABILITY IMAP4rev1] Hello.\r\n"u8.ToArray());
            },
            async open =>
            {
                await using var client = await open();
                Assert.True(client.IsAuthenticated && client.Tls is not null);
            },
            FakeServer.Options with { Security = ImapSecurity.Tls, ClientIdentity = identity, ServerCertificateValidation = IsOurs });
        Assert.Equal("CN=ann", seen);
    }

    [Fact]
    public async Task A_wrong_password_is_a_value_and_an_unreachable_host_a_failure()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ImapClient.ConnectAsync(Options(server, "bare"));
        var result = await client.LoginAsync(TestServer.Alice, "wrong");
        Assert.Equal(("AUTHENTICATIONFAILED", false), (result.Status.Code?.Name, client.IsAuthenticated));
        await FakeServer.FailsAsync(() => ImapClient.ConnectAsync(new ImapClientOptions("host.invalid", 143) { Security = ImapSecurity.None }), ImapFailure.Connection);
    }

    [Fact]
    public async Task What_this_server_offers_more_works_with_this_client()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server);
        await client.AppendAsync("INBOX", Message(Mail.One), Message(Mail.Two));
        if (client.Capabilities.Has(Capability.QResync))
        {
            await client.EnableAsync("QRESYNC");
            await client.SelectAsync("INBOX");
            var (validity, modSeq) = ((uint)client.Selected!.UidValidity!.Value, client.Selected.HighestModSeq!.Value);
            var fetched = (await client.FetchAsync(All, Items(FetchItemKind.ModSeq))).All<FetchData>().ToList();
            Assert.All(fetched, static data => Assert.True(data.ModSeq > 0));
            var stale = await client.ExecuteAsync(new StoreRequest(All, StoreAction.Add, Flag.Deleted) { UnchangedSince = 1 });
            Assert.Equal("1:2", stale.Code<ModifiedCode>()?.Messages.ToString());
            await client.StoreAsync(NumSet.OfNumbers(1), StoreAction.Add, Flag.Deleted);
            await client.ExecuteAsync(BareRequest.Expunge);
            Assert.Equal(1u, client.Selected.Exists);
            await client.ExecuteAsync(BareRequest.Unselect);
            var resynced = await client.ExecuteAsync(new SelectRequest(MailboxName.Inbox) { QResync = new QResyncParameter(validity, modSeq, KnownUids: null, MatchSeqs: null, MatchUids: null) });
            Assert.True(resynced.Last<VanishedData>() is { IsEarlier: true } vanished && vanished.Uids.ToString() == "1");
        }

        if (client.Capabilities.Has(Capability.Notify))
        {
            var all = new MailboxFilter(MailboxFilterKind.Personal, []);
            Assert.True((await client.ExecuteAsync(new NotifyRequest(new EventGroup(all, NotifyEvents.MessageNew | NotifyEvents.MessageExpunge, [])) { WithStatus = true })).IsOk);
            Assert.True((await client.ExecuteAsync(new NotifyRequest())).IsOk);
        }

        if (client.Capabilities.Has(Capability.Partial))
        {
            await client.SelectAsync("INBOX");
            var last = await client.ExecuteAsync(new FetchRequest(All, Items(FetchItemKind.Uid)) { Partial = new PartialRange(-1, -1) });
            Assert.Equal(2u, Assert.Single(last.All<FetchData>()).Uid);
        }

        if (client.Capabilities.Has(Capability.CompressDeflate))
        {
            Assert.True((await client.CompressAsync()).IsOk);
            Assert.True((await client.NoopAsync()).IsOk);
            Assert.True((await client.AppendAsync("INBOX", Message(Mail.Nested))).IsOk);
        }
    }

    private static ImapClientOptions Options(TestServer server, string service) => new("127.0.0.1", server.Endpoint(service).Address.Port) { Security = ImapSecurity.None };

    private static async Task<ImapClient> LoginAsync(TestServer server, Func<ImapClientOptions, ImapClientOptions>? change = null)
    {
        var options = Options(server, "bare");
        var client = await ImapClient.ConnectAsync(change?.Invoke(options) ?? options);
        (await client.LoginAsync(TestServer.Alice, TestServer.Password)).EnsureOk();
        return client;
    }

    private static bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString(HashAlgorithmName.SHA256) == TestServer.Tls.Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static OutgoingMessage Message(string text) => OutgoingMessage.Of(Encoding.UTF8.GetBytes(text));

    private static Flag Keyword(string name) => Flag.TryCreate(name, out var flag) ? flag : throw new InvalidOperationException(name);

    private static FetchItem[] Items(params FetchItemKind[] kinds) => [.. kinds.Select(static kind => new FetchItem(kind))];
}
