using Martlet.Protocols.Sasl.Clients;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>
/// How long an answer takes says nothing about whether the address exists. Logins with known and unknown names in turns, each pair on a connection of its own; the
/// medians are compared. Hashes are made cheap, so that everything else would show. Explicit: it measures.
/// </summary>
public sealed class LoginTimingTests
{
    // Far above what a busy machine makes of the median of so many; far below what a missing hash would make of the full price (0.2 s against nothing).
    private const double RatioMax = 1.3;

    [Theory(Explicit = true)]
    [InlineData("PLAIN", int.MaxValue, 1000)]
    [InlineData("LOGIN", int.MaxValue, 1000)]
    [InlineData("CRAM-MD5", int.MaxValue, 1000)]
    [InlineData("SCRAM-SHA-256", int.MaxValue, 300)]
    [InlineData("SCRAM-SHA-256", 1, 1000)]
    [InlineData("SCRAM-SHA-1", 1, 1000)]
    public async Task Known_and_unknown_names_are_answered_in_the_same_time(string mechanism, int responses, int pairs)
    {
        await using var server = await Mechanisms.StartAsync(isImap: true);
        // The client computes as long for both: not the cheap secrets of other tests, but those that unknown names seem to have.
        var encoded = await new PasswordEncoder(server.Hasher, withCramMd5: true).EncodeAsync(TestServer.Password);
        Assert.True((await server.Store.SetPasswordAsync(server.Account(TestServer.Alice).Id, encoded!.Hash, encoded.Secrets)).IsDone);
        var known = new List<double>(pairs);
        var unknown = new List<double>(pairs);
        for (var i = 0; i < pairs; i++)
        {
            await using var peer = await SaslPeer.ConnectAsync(server, isImap: true, "imaps");
            var isKnownFirst = i % 2 == 0;
            foreach (var isKnown in new[] { isKnownFirst, !isKnownFirst })
            {
                // A name of its own each time, as who tries out names would send; of the same length.
                var client = Mechanisms.Client(mechanism, isKnown ? TestServer.Alice : $"al{i:D3}"[..5] + "@example.org", "wrong");
                (isKnown ? known : unknown).Add(await MeasureAsync(peer, client, responses));
            }
        }

        var (first, second) = (Median(known), Median(unknown));
        TestContext.Current.TestOutputHelper?.WriteLine($"{mechanism}, {(responses == 1 ? "first reply" : "refusal")}: known {first:F3} ms, unknown {second:F3} ms, ratio {first / second:F3}");
        Assert.InRange(first / second, 1 / RatioMax, RatioMax);
    }

    private static async Task<double> MeasureAsync(SaslPeer peer, ISaslClient client, int responses)
    {
        var reply = await peer.LogInAsync(client, responses);
        var time = peer.Waited.TotalMilliseconds;
        Assert.False(SaslPeer.IsDone(reply));
        if (SaslPeer.IsContinue(reply))
        {
            await peer.SayAsync("*");
        }

        return time;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
