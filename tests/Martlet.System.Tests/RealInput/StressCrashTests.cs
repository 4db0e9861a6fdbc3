using System.Net;
using Martlet.Testing;
using Martlet.Testing.Stress;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>
/// Many clients that check every response, and kill -9 in the middle, again and again: what one of them was told before must still hold after the next start, no
/// modseq may come to stand for something else, and the store must be sound.
/// </summary>
public sealed class StressCrashTests
{
    private const int Rounds = 12;
    private const int Sessions = 10;

    [Fact(Explicit = true)]
    public async Task What_clients_were_told_holds_after_kill_9()
    {
        var random = new Random(20261124);
        using var folder = new TempFolder();
        var truth = new StressTruth();
        var commands = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await RealServer.StartAsync(folder.Path);
            await CheckAsync(server, truth);
            var sessions = new List<StressSession>();
            for (var i = 0; i < Sessions; i++)
            {
                sessions.Add(new StressSession(await ConnectAsync(server), truth, (StressModes)(i % 8), new Random((round * 100) + i)));
            }

            var work = sessions.Select(RunAsync).ToArray();
            await Task.Delay(random.Next(300, 2000));
            await server.KillAsync();
            await Task.WhenAll(work);
            commands += sessions.Sum(session => session.Commands);
            foreach (var session in sessions)
            {
                await session.DisposeAsync();
            }
        }

        await using var last = await RealServer.StartAsync(folder.Path);
        await CheckAsync(last, truth);
        await CorpusTests.VerifyAsync(last);
        Assert.True(truth.Acknowledged > Rounds * Sessions, $"only {truth.Acknowledged} messages: the rounds are too short to prove anything");
        Console.WriteLine($"{commands} commands of {Sessions} clients, {truth.Acknowledged} messages, {Rounds} kills; {truth.Unnamed} went by an EXPUNGE that did not name them");
    }

    private static async Task RunAsync(StressSession session)
    {
        try
        {
            await session.StartAsync();
            while (true)
            {
                await session.StepAsync();
            }
        }
        catch (IOException)
        {
            // Killed.
        }
        catch (StressException e) when (!e.Message.Contains("<closed", StringComparison.Ordinal) && !session.Story().Contains("<closed", StringComparison.Ordinal))
        {
            Assert.Fail($"{e.Message}\nafter {session.Commands} commands, the last of which were\n{session.Story()}");
        }
        catch (StressException)
        {
            // The kill came in the middle of a line.
        }
    }

    private static async Task CheckAsync(RealServer server, StressTruth truth)
    {
        foreach (var mailbox in StressSession.Mailboxes)
        {
            await using var session = new StressSession(await ConnectAsync(server), truth, StressModes.None, new Random(0));
            try
            {
                await session.CheckAsync(mailbox);
            }
            catch (StressException e)
            {
                Assert.Fail($"after a kill, {mailbox}: {e.Message}\n{session.Story()}");
            }
        }

        truth.Settle();
    }

    private static async Task<TestPeer> ConnectAsync(RealServer server)
    {
        var peer = await TestPeer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.ImapPort), useTls: false);
        Assert.NotNull(await peer.ReadLineAsync());
        await peer.SendLineAsync($"login LOGIN {RealServer.Address} {RealServer.Password}");
        Assert.StartsWith("login OK", await peer.ReadLineAsync(), StringComparison.Ordinal);
        return peer;
    }
}
