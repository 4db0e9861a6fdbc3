using System.Net;
using Martlet.Network.Connections;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>How many connections may be open, in all and from one network.</summary>
public sealed class ConnectionLimitsTests
{
    [Fact]
    public void Connections_in_all_are_counted_in_and_out()
    {
        var limits = new ConnectionLimits { ConnectionsMax = 2 };
        Assert.True(limits.TryEnter(IPAddress.Parse("192.0.2.1")));
        Assert.True(limits.TryEnter(IPAddress.Parse("192.0.2.2")));
        Assert.False(limits.TryEnter(IPAddress.Parse("192.0.2.3")));
        limits.Leave(IPAddress.Parse("192.0.2.1"));
        Assert.True(limits.TryEnter(IPAddress.Parse("192.0.2.3")));
        Assert.Equal(2, limits.Open);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    public void One_network_has_its_share(string first, string second, bool isTaken)
    {
        var limits = new ConnectionLimits { ConnectionsPerAddressMax = 1 };
        Assert.True(limits.TryEnter(IPAddress.Parse(first)));
        Assert.Equal(isTaken, limits.TryEnter(IPAddress.Parse(second)));
        limits.Leave(IPAddress.Parse(first));
        Assert.True(limits.TryEnter(IPAddress.Parse(first)));
    }
}
