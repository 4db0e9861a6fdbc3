using Martlet.Server.Smtp;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>Every command in every state: what the table allows is what the peer sees.</summary>
public sealed class StateMatrixTests : SmtpTest
{
    private static readonly string[] Steps = ["HELO a", "MAIL FROM:<>", "RCPT TO:<alice@example.org>"];

    /// <summary>Codes after connecting, after HELO, after MAIL, after RCPT.</summary>
    private static readonly Dictionary<string, int[]> Codes = new(StringComparer.Ordinal)
    {
        ["HELO a"] = [250, 250, 250, 250],
        ["EHLO a"] = [250, 250, 250, 250],
        ["STARTTLS"] = [220, 220, 503, 503],
        ["AUTH PLAIN"] = [503, 502, 503, 503],
        ["MAIL FROM:<>"] = [503, 250, 503, 503],
        ["RCPT TO:<bob@example.org>"] = [503, 503, 250, 250],
        ["DATA"] = [503, 503, 554, 354],
        ["RSET"] = [250, 250, 250, 250],
        ["NOOP"] = [250, 250, 250, 250],
        ["VRFY a"] = [252, 252, 252, 252],
        ["HELP"] = [214, 214, 214, 214],
        ["QUIT"] = [221, 221, 221, 221],
        ["EXPN a"] = [502, 502, 502, 502],
        ["ETRN a"] = [502, 502, 502, 502],
        ["TURN"] = [502, 502, 502, 502],
        ["SEND FROM:<>"] = [502, 502, 502, 502],
        ["SOML FROM:<>"] = [502, 502, 502, 502],
        ["SAML FROM:<>"] = [502, 502, 502, 502],
        ["BDAT 1 LAST"] = [502, 502, 502, 502],
        ["BURL a"] = [502, 502, 502, 502],
    };

    [Fact]
    public void Every_command_is_in_the_matrix() =>
        Assert.Equal(CommandTable.All.Select(command => command.Verb).Order(StringComparer.Ordinal), Codes.Keys.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_command_is_answered_as_its_state_allows(int state)
    {
        foreach (var (line, codes) in Codes)
        {
            await using var peer = await TestPeer.ConnectAsync(Server.Endpoint("smtp").Address, useTls: false);
            Assert.StartsWith("220 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
            foreach (var step in Steps.Take(state))
            {
                await peer.SendLineAsync(step);
                Assert.StartsWith("250 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
            }

            await peer.SendLineAsync(line);
            var reply = await peer.ReadLineAsync();
            Assert.True(reply?.StartsWith($"{codes[state]}", StringComparison.Ordinal), $"{line} in state {state} should be {codes[state]} but was {reply}");
        }
    }
}
