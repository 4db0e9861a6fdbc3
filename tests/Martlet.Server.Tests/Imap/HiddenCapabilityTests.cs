using Martlet.Server.Imap;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Capabilities hidden from one account's clients.</summary>
public sealed class HiddenCapabilityTests
{
    [Fact]
    public async Task What_is_hidden_is_neither_announced_nor_enabled_from_the_next_login_on()
    {
        await using var server = await ImapServer.StartAsync();
        await server.Store.HideCapabilitiesAsync(server.Account(TestServer.Alice).Id, [.. Capabilities.Hideable.Except(["ID", "UTF8=ACCEPT", "QRESYNC"])], []);
        await Transcript.RunAsync(server, """
            C -> bare
            S: * OK [CAPABILITY IMAP4rev2 *
            C: a1 LOGIN alice@example.org "correct horse"
            S: a1 OK [CAPABILITY IMAP4rev1 ID QRESYNC UTF8=ACCEPT] Logged in as alice@example.org.
            C: a2 CAPABILITY
            S: * CAPABILITY IMAP4rev1 ID QRESYNC UTF8=ACCEPT
            S: a2 OK Done.
            C: a3 ENABLE UIDONLY IMAP4rev2 METADATA UTF8=ACCEPT
            S: * ENABLED UTF8=ACCEPT
            S: a3 OK Done.
            C: a4 SELECT INBOX
            ...
            S: a4 OK [READ-WRITE] Done.
            C: a5 SEARCH ALL
            S: * SEARCH
            S: a5 OK Done.
            C: a6 GETMETADATA "" /private/comment
            S: * METADATA "" (/private/comment NIL)
            S: a6 OK Done.
            C2 -> bob
            C2: b1 ENABLE UIDONLY
            S2: * ENABLED UIDONLY
            S2: b1 OK Done.
            """);
        await server.Store.HideCapabilitiesAsync(server.Account(TestServer.Alice).Id, [], [.. Capabilities.Hideable]);
        await Transcript.RunAsync(server, """
            C: a1 ENABLE UIDONLY
            S: * ENABLED UIDONLY
            S: a1 OK Done.
            """);
    }

    [Fact]
    public async Task A_session_keeps_what_it_was_told_at_its_login()
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await server.Store.HideCapabilitiesAsync(server.Account(TestServer.Alice).Id, ["UIDONLY"], []);
        await peer.SendLineAsync("a2 ENABLE UIDONLY");
        Assert.Equal("* ENABLED UIDONLY", await peer.ReadLineAsync());
    }

    [Fact]
    public void IMAP4rev1_cannot_be_hidden() => Assert.DoesNotContain("IMAP4rev1", Capabilities.Hideable);
}
