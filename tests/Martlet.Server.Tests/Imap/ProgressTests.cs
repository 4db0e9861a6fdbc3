using System.Collections;
using Martlet.Server.Imap;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>INPROGRESS: RFC 9585. Without an interval every step of a search tells, so that no test has to be slow.</summary>
[Capability("INPROGRESS")]
public sealed class ProgressTests
{
    private static readonly ImapOptions Impatient = ImapServer.Options with { ProgressInterval = TimeSpan.Zero };

    [Fact]
    public Task A_long_search_says_how_far_it_is() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 SEARCH SUBJECT one
        S: * OK [INPROGRESS ("a2" 256 300)] 85% done.
        S: * SEARCH 1 300
        S: a2 OK Done.
        C: a3 ESEARCH IN (personal) RETURN (COUNT) TEXT one
        S: * OK [INPROGRESS ("a3" 256 300)] 85% done.
        S: * ESEARCH (TAG "a3" MAILBOX INBOX UIDVALIDITY *) UID COUNT 2
        S: a3 OK Done.
        """, new TestServerOptions(), Impatient, [Mail.One, .. Enumerable.Repeat(Mail.Two, 298), Mail.One]);

    [Fact]
    public Task A_short_one_says_nothing() => ImapServer.PlayTimedAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 SEARCH TEXT one
        S: * SEARCH 1
        S: a2 OK Done.
        T: 15s
        C: a3 SEARCH TEXT one
        S: * SEARCH 1
        S: a3 OK Done.
        """, [Mail.One, .. Enumerable.Repeat(Mail.Two, 300)]);

    [Theory]
    [InlineData("COPY 1:2 Drafts", "NIL NIL)] Working.", "[COPYUID VALIDITY 1:2 1:2] Done.")]
    [InlineData("UID COPY 2 Drafts", "NIL NIL)] Working.", "[COPYUID VALIDITY 2 1] Done.")]
    [InlineData("MOVE 1:2 Drafts", "NIL NIL)] Working.", "Done.", "* OK [COPYUID VALIDITY 1:2 1:2] Moved.", "* 1 EXPUNGE", "* 1 EXPUNGE")]
    [InlineData("STORE 1:2 +FLAGS.SILENT (\\Flagged)", "0 2)] 0% done.", "Done.")]
    [InlineData("UID STORE 2 +FLAGS (\\Flagged)", "0 1)] 0% done.", "Done.", "* 2 FETCH (UID 2 FLAGS (\\Flagged))")]
    public async Task A_command_that_waits_for_the_store_says_that_it_goes_on(string command, string progress, string reply, params string[] untagged)
    {
        // Not without any interval: that would be as many lines as the connection takes.
        await using var server = await ImapServer.StartAsync(imap: ImapServer.Options with { ProgressInterval = TimeSpan.FromMilliseconds(20) });
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One, Mail.Two);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("alice").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await peer.SendLineAsync("a2 SELECT inbox");
        while (await peer.ReadLineAsync() is { } line && !line.StartsWith("a2 OK", StringComparison.Ordinal))
        {
            // What SELECT says.
        }

        using var busy = new BusyUids();
        var other = server.Store.ExpungeAsync(server.Account(TestServer.Bob).FindMailbox("INBOX")!, busy);
        await busy.Begun;
        await peer.SendLineAsync("a3 " + command);
        var expected = $"* OK [INPROGRESS (\"a3\" {progress}";
        Assert.Equal(expected, await peer.ReadLineAsync());
        busy.End();
        Assert.True((await other).IsDone);

        var lines = new List<string>();
        while (lines.Count == 0 || lines[^1].StartsWith('*'))
        {
            var line = await peer.ReadLineAsync();
            Assert.NotNull(line);
            if (line != expected)
            {
                lines.Add(line);
            }
        }

        var validity = server.Account(TestServer.Alice).FindMailbox("Drafts")!.Info.UidValidity.ToString();
        Assert.Equal([.. untagged.Append($"a3 OK {reply}").Select(line => line.Replace("VALIDITY", validity, StringComparison.Ordinal))], lines);
        await ImapServer.CheckAsync(server);
    }

    /// <summary>No messages, and it takes the store until <see cref="End"/> to find that out: as long, everybody else waits.</summary>
    private sealed class BusyUids : IReadOnlyList<Uid>, IDisposable
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task Begun => _begun.Task;

        public int Count
        {
            get
            {
                _begun.TrySetResult();
                _end.Wait(TestContext.Current.CancellationToken);
                return 0;
            }
        }

        public Uid this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public void End() => _end.Set();

        public IEnumerator<Uid> GetEnumerator() => Enumerable.Empty<Uid>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
            _end.Set();
            _end.Dispose();
        }
    }
}
