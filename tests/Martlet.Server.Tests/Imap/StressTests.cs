using Martlet.Testing;
using Martlet.Testing.Stress;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>
/// Twenty clients at once on one account, with different extensions on, each sending seeded random commands and checking every response against what it may be
/// told; in the end all agree, what they were told is what is there, and the store is sound.
/// </summary>
public sealed class StressTests
{
    private const int Sessions = 20;
    private const int Steps = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Twenty_sessions_on_one_account_agree(int seed)
    {
        await using var server = await ImapServer.StartAsync();
        var truth = new StressTruth();
        var sessions = new List<StressSession>();
        for (var i = 0; i < Sessions; i++)
        {
            var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
            Assert.NotNull(await peer.ReadLineAsync());
            await peer.SendLineAsync($"login LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
            Assert.StartsWith("login OK", await peer.ReadLineAsync(), StringComparison.Ordinal);
            sessions.Add(new StressSession(peer, truth, (StressModes)(i % 8), new Random((seed * 1000) + i)));
        }

        await Task.WhenAll(sessions.Select(session => ReportAsync(session, async () =>
        {
            await session.StartAsync();
            for (var step = 0; step < Steps; step++)
            {
                await session.StepAsync();
            }
        })));
        var ends = new Dictionary<uint, string>();
        foreach (var session in sessions)
        {
            await ReportAsync(session, async () =>
            {
                var (mailbox, dump) = await session.EndAsync();
                Assert.Equal(ends.TryAdd(mailbox, dump) ? dump : ends[mailbox], dump);
            });
            await session.DisposeAsync();
        }

        Assert.True(truth.Acknowledged > Sessions, "too little happened to prove anything");
        await ImapServer.CheckAsync(server);
    }

    private static async Task ReportAsync(StressSession session, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is StressException or IOException)
        {
            Assert.Fail($"{e.Message}\nafter {session.Commands} commands, the last of which were\n{session.Story()}");
        }
    }
}
