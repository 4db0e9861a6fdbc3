using Martlet.Protocols.Smtp;
using Martlet.Server.Autoconfig;
using Martlet.Server.Config;
using Xunit;

namespace Martlet.Server.Tests.Autoconfig;

/// <summary>Client settings and addresses for the tests of this folder.</summary>
internal static class Example
{
    /// <summary>Those of a configuration with these further lines.</summary>
    public static ClientSettings Of(string lines = "")
    {
        var result = ConfigParser.Parse("hostname mail.example.org\ndata /var/lib/martlet\n" + lines, "/etc/martlet");
        Assert.Empty(result.Problems);
        return ClientSettings.Of(result.Config!);
    }

    public static EmailAddress Address(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        return address;
    }
}
