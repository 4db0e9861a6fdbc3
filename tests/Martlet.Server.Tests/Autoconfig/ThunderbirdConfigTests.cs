using System.Text.RegularExpressions;
using System.Xml.Linq;
using Martlet.Server.Autoconfig;
using Xunit;

namespace Martlet.Server.Tests.Autoconfig;

/// <summary>The file against what Thunderbird's reader asks of each element: names, order of alternatives, words, forms of values.</summary>
public sealed class ThunderbirdConfigTests
{
    [Fact]
    public void The_file_is_what_the_format_asks_for()
    {
        var text = ThunderbirdConfig.Write(Example.Of(), "example.org");

        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<clientConfig version=\"1.1\">\n", text, StringComparison.Ordinal);
        var root = XDocument.Parse(text).Root!;
        var provider = Assert.Single(root.Elements());
        Assert.Equal(("emailProvider", "example.org"), (provider.Name.LocalName, provider.Attribute("id")!.Value));
        Assert.Equal(
            ["domain", "displayName", "displayShortName", "incomingServer", "incomingServer", "outgoingServer", "outgoingServer"],
            provider.Elements().Select(element => element.Name.LocalName));
        Assert.All(provider.Elements("incomingServer"), server => CheckServer(server, "imap"));
        Assert.All(provider.Elements("outgoingServer"), server => CheckServer(server, "smtp"));
        Assert.Equal(["993 SSL", "143 STARTTLS", "465 SSL", "587 STARTTLS"], provider.Elements().Where(element => element.HasElements)
            .Select(server => $"{server.Element("port")!.Value} {server.Element("socketType")!.Value}"));
    }

    [Fact]
    public void A_domain_in_its_own_script_is_told_in_A_labels()
    {
        var domain = Example.Address("ada@b\u00fccher.example").Domain.Text;

        Assert.Contains("<domain>xn--bcher-kva.example</domain>", ThunderbirdConfig.Write(Example.Of(), domain), StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_a_domain_stays_text()
    {
        var root = XDocument.Parse(ThunderbirdConfig.Write(Example.Of(), "\"><script>&lt;</script>")).Root!;

        Assert.Empty(root.Descendants("script"));
        Assert.Equal("\"><script>&lt;</script>", root.Element("emailProvider")!.Attribute("id")!.Value);
    }

    private static void CheckServer(XElement server, string type)
    {
        Assert.Equal(type, server.Attribute("type")!.Value);
        Assert.Equal(["hostname", "port", "socketType", "authentication", "username"], server.Elements().Select(element => element.Name.LocalName));
        Assert.Matches(new Regex("^[a-z0-9.-]+$", RegexOptions.None, TimeSpan.FromSeconds(1)), server.Element("hostname")!.Value);
        Assert.InRange(int.Parse(server.Element("port")!.Value), 1, 65535);
        Assert.Contains(server.Element("socketType")!.Value, new[] { "SSL", "STARTTLS" });
        Assert.Contains(server.Element("authentication")!.Value, new[] { "password-cleartext", "password-encrypted", "TLS-client-cert" });
        // Nobody is named: the program puts its user's address there.
        Assert.Equal("%EMAILADDRESS%", server.Element("username")!.Value);
    }
}
