using System.Net;
using System.Net.Sockets;
using Martlet.Server.Config;
using Martlet.Server.Setup;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Setup;

public sealed class SetupChecksTests
{
    private static readonly IPAddress Own = IPAddress.Parse("192.0.2.10");

    [Fact]
    public void A_port_that_another_program_has_is_told_once_and_a_free_one_not()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var endPoint = (IPEndPoint)taken.LocalEndPoint!;
        var config = new BootConfig { Hostname = "mail.example.org", DataFolder = "/nonexistent", Listeners = [new(MailProtocol.Imaps, endPoint), new(MailProtocol.Smtp, new IPEndPoint(IPAddress.Loopback, 0))] };

        Assert.Equal(
            [$"Port {endPoint.Port} (imaps) is in use by another program; the server cannot start before that one is stopped: ss -ltnp 'sport = :{endPoint.Port}'"],
            SetupChecks.Ports(config));
    }

    [Fact]
    public async Task A_name_that_leads_here_is_fine_and_so_is_one_of_which_nothing_can_be_said()
    {
        Assert.Null(await AskAsync([Own], [IPAddress.Parse("2001:db8::1"), Own]));
        Assert.Null(await AskAsync([], [Own]));
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_or_elsewhere_is_told()
    {
        Assert.Equal("mail.example.org has no address yet; add the records above.", await AskAsync([Own], []));
        Assert.Equal(
            "mail.example.org is 192.0.2.99, and this machine 192.0.2.10: change the record, or check that the ports are passed on to here.", await AskAsync([Own], [IPAddress.Parse("192.0.2.99")]));
        Assert.Equal(
            "mail.example.org does not resolve yet; add the records above.",
            await SetupChecks.HostnameAsync("mail.example.org", [], (_, _) => throw new SocketException((int)SocketError.HostNotFound), TimeProvider.System));
    }

    [Fact]
    public async Task DNS_that_does_not_answer_does_not_hold_anybody_up()
    {
        var time = new FakeTimeProvider();
        var asked = SetupChecks.HostnameAsync("mail.example.org", [], async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
            return [];
        }, time);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("DNS did not answer within 5 seconds for mail.example.org.", await asked);
    }

    private static Task<string?> AskAsync(IPAddress[] own, IPAddress[] found) => SetupChecks.HostnameAsync("mail.example.org", own, (_, _) => Task.FromResult(found), TimeProvider.System);
}
