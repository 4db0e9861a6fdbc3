using System.Text;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>Every mechanism, on both protocols, in states and with lines that are not meant for it.</summary>
public sealed class MechanismTests
{
    // The longest exchange is SCRAM's: its first message, its last one, the empty answer to the server's proof.
    private const int ResponsesMax = 3;

    private static readonly string[] Garbage =
    [
        "????", "AAA", "AA=A", "A A=", "=", "==", "", "AAAA", "AA==",
        Convert.ToBase64String([0xFF, 0xFE, 0xFF]),
        Convert.ToBase64String([0, .. "alice@example.org"u8, 0, 0xC3, 0x28]),
        Convert.ToBase64String([0, 0xED, 0xA0, 0x80, 0, .. "correct horse"u8]),
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"n,,n={new string('a', 3000)},r=abcdefgh")),
        Convert.ToBase64String("n,,n==2Calice,r=abcdefgh,m=1"u8),
        Convert.ToBase64String([.. "n,,n="u8, 0xFF, .. ",r=abcdefghijkl"u8]),
        Convert.ToBase64String([.. "alice@example.org\xFF "u8, .. "0123456789abcdef0123456789abcdef"u8]),
    ];

    public static IEnumerable<TheoryDataRow<bool, string>> All =>
        from isImap in new[] { true, false }
        from name in Mechanisms.Names
        select new TheoryDataRow<bool, string>(isImap, name);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task None_is_taken_before_TLS(bool isImap)
    {
        await using var server = await Mechanisms.StartAsync(isImap);
        foreach (var name in Mechanisms.Names)
        {
            await using var peer = await SaslPeer.ConnectAsync(server, isImap, isImap ? "strict" : "submission");
            foreach (var initial in new[] { null, "=", "AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=" })
            {
                var reply = await peer.BeginAsync(name, initial);
                Assert.True(reply.StartsWith(isImap ? "a NO [PRIVACYREQUIRED] " : "538 5.7.11 ", StringComparison.Ordinal), $"{name}: {reply}");
            }
        }

        Assert.All(server.Log.Lines.Where(line => line.Contains("login ", StringComparison.Ordinal)), line => Assert.Contains("login needstls ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task None_is_taken_when_somebody_is_logged_in(bool isImap)
    {
        await using var server = await Mechanisms.StartAsync(isImap);
        await using var peer = await SaslPeer.ConnectAsync(server, isImap, "phone");
        Assert.True(SaslPeer.IsDone(await peer.LogInAsync(Mechanisms.Client("PLAIN"))));
        foreach (var name in Mechanisms.Names)
        {
            Assert.StartsWith(isImap ? "a BAD Already logged in." : "503 5.5.1 You are logged in already.", await peer.BeginAsync(name), StringComparison.Ordinal);
        }

        // In IMAP with a mailbox open, in submission within a message.
        Assert.Contains(isImap ? "[READ-WRITE]" : "250 2.1.0 ", await peer.SayAsync(isImap ? "a SELECT inbox" : $"MAIL FROM:<{TestServer.Alice}>"), StringComparison.Ordinal);
        foreach (var name in Mechanisms.Names)
        {
            Assert.StartsWith(isImap ? "a BAD Already logged in." : "503 5.5.1 ", await peer.BeginAsync(name), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task None_is_taken_before_EHLO()
    {
        await using var server = await Mechanisms.StartAsync(isImap: false);
        await using var peer = await Testing.Transcripts.TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        Assert.StartsWith("220 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
        foreach (var name in Mechanisms.Names)
        {
            await peer.SendLineAsync("AUTH " + name);
            Assert.StartsWith("503 5.5.1 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>At every place of an exchange: it ends after a bounded number of lines, nobody is logged in, and the session goes on.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Garbage_ends_the_exchange_and_not_the_session(bool isImap, string name)
    {
        await using var server = await Mechanisms.StartAsync(isImap);
        for (var steps = 0; steps < ResponsesMax; steps++)
        {
            foreach (var garbage in Garbage)
            {
                await using var peer = await SaslPeer.ConnectAsync(server, isImap, "phone");
                var reply = await peer.LogInAsync(Mechanisms.Client(name), steps);
                if (!SaslPeer.IsContinue(reply))
                {
                    continue; // The exchange has no such place.
                }

                var responses = steps;
                while (SaslPeer.IsContinue(reply))
                {
                    Assert.True(++responses <= ResponsesMax, $"{name} goes on after {steps} right responses and many times {garbage}");
                    reply = await peer.SayAsync(garbage);
                }

                // The empty response is a right one for EXTERNAL, and the answer to the server's proof.
                Assert.True(!SaslPeer.IsDone(reply) || garbage.Length == 0, $"{name} after {steps} right responses took {garbage}: {reply}");
                Assert.NotEqual("", reply);
                await peer.IsAliveAsync();
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Garbage_with_the_command_is_as_wrong(bool isImap, string name)
    {
        await using var server = await Mechanisms.StartAsync(isImap);
        foreach (var garbage in Garbage.Where(garbage => garbage.Length > 0 && !garbage.Contains(' ', StringComparison.Ordinal)))
        {
            await using var peer = await SaslPeer.ConnectAsync(server, isImap, "phone");
            var reply = await peer.BeginAsync(name, garbage);
            for (var lines = 0; SaslPeer.IsContinue(reply); lines++)
            {
                Assert.True(lines < ResponsesMax, $"{name} goes on after {garbage}");
                reply = await peer.SayAsync(garbage);
            }

            // '=' is the empty response, with which EXTERNAL logs in.
            Assert.Equal(name == "EXTERNAL" && garbage == "=", SaslPeer.IsDone(reply));
            await peer.IsAliveAsync();
        }
    }

    /// <summary>What the server says to a name could be asked for without end otherwise, and timed.</summary>
    [Theory]
    [InlineData(true, "*")]
    [InlineData(false, "*")]
    [InlineData(true, "????")]
    [InlineData(false, "AAAA")]
    public async Task Breaking_off_after_an_answer_is_a_failed_login_and_before_it_is_not(bool isImap, string line)
    {
        const int Failures = 3;
        var limits = new LoginThrottleLimits { Narrow = new ThrottleLimit(Failures, TimeSpan.FromHours(1), 100) };
        await using var server = await Mechanisms.StartAsync(isImap, limits);
        await using var peer = await SaslPeer.ConnectAsync(server, isImap, isImap ? "imaps" : "submissions");
        for (var i = 0; i < 2 * Failures; i++)
        {
            Assert.True(SaslPeer.IsContinue(await peer.BeginAsync("SCRAM-SHA-256")));
            Assert.False(SaslPeer.IsContinue(await peer.SayAsync(line)));
        }

        for (var i = 0; i < Failures; i++)
        {
            Assert.True(SaslPeer.IsContinue(await peer.LogInAsync(Mechanisms.Client("SCRAM-SHA-256", $"nobody{i}@example.org"), stepsMax: 1)));
            Assert.False(SaslPeer.IsContinue(await peer.SayAsync(line)));
        }

        Assert.False(SaslPeer.IsContinue(await peer.LogInAsync(Mechanisms.Client("SCRAM-SHA-256", "nobody@example.org"), stepsMax: 1)));
        Assert.Contains(server.Log.Lines, entry => entry.Contains("login throttled ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "SCRAM-SHA-256")]
    [InlineData(false, "SCRAM-SHA-256")]
    [InlineData(true, "SCRAM-SHA-1")]
    [InlineData(false, "SCRAM-SHA-1")]
    [InlineData(true, "CRAM-MD5")]
    [InlineData(false, "CRAM-MD5")]
    public async Task What_was_heard_does_not_log_in_again(bool isImap, string name)
    {
        await using var server = await Mechanisms.StartAsync(isImap);
        List<string> heard;
        await using (var peer = await SaslPeer.ConnectAsync(server, isImap, isImap ? "imaps" : "submissions"))
        {
            Assert.True(SaslPeer.IsDone(await peer.LogInAsync(Mechanisms.Client(name))));
            heard = peer.Sent;
        }

        await using var other = await SaslPeer.ConnectAsync(server, isImap, isImap ? "imaps" : "submissions");
        // Twice: on a new connection, and again on the same.
        for (var i = 0; i < 2; i++)
        {
            var reply = await other.BeginAsync(name);
            foreach (var line in heard.TakeWhile(_ => SaslPeer.IsContinue(reply)))
            {
                reply = await other.SayAsync(line);
            }

            Assert.StartsWith(isImap ? "a " : "5", reply, StringComparison.Ordinal);
            Assert.False(SaslPeer.IsDone(reply), reply);
        }

        await other.IsAliveAsync();
    }
}
