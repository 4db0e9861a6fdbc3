using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;
using Martlet.Server.Autoconfig;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Autoconfig;

/// <summary>The profile against the keys that Apple documents for each kind of payload.</summary>
public sealed class AppleProfileTests
{
    private static readonly string[] PayloadKeys = ["PayloadDescription", "PayloadDisplayName", "PayloadIdentifier", "PayloadType", "PayloadUUID", "PayloadVersion"];

    [Fact]
    public void A_profile_has_the_keys_of_a_mail_account()
    {
        var profile = Read(AppleProfile.Write(Example.Of(), Example.Address("ada@example.org"), "Ada Lovelace")!);

        Assert.Equal(["PayloadContent", "PayloadOrganization", "PayloadRemovalDisallowed", .. PayloadKeys], profile.Keys);
        Assert.Equal(("Configuration", "1", "false"), (profile["PayloadType"].Value, profile["PayloadVersion"].Value, profile["PayloadRemovalDisallowed"].Name.LocalName));
        var mail = Dictionary(Assert.Single(profile["PayloadContent"].Elements()));
        Assert.Equal("com.apple.mail.managed", mail["PayloadType"].Value);
        Assert.All(PayloadKeys, key => Assert.Contains(key, mail.Keys));
        Assert.Equal(
            ("EmailTypeIMAP", "ada@example.org", "Ada Lovelace", "ada@example.org"),
            (mail["EmailAccountType"].Value, mail["EmailAddress"].Value, mail["EmailAccountName"].Value, mail["EmailAccountDescription"].Value));
        foreach (var (way, port) in new[] { ("Incoming", "993"), ("Outgoing", "465") })
        {
            Assert.Equal(
                ("EmailAuthPassword", "mail.example.org", "integer", port, "true", "ada@example.org"),
                (mail[way + "MailServerAuthentication"].Value, mail[way + "MailServerHostName"].Value, mail[way + "MailServerPortNumber"].Name.LocalName,
                    mail[way + "MailServerPortNumber"].Value, mail[way + "MailServerUseSSL"].Name.LocalName, mail[way + "MailServerUsername"].Value));
        }

        Assert.Equal("true", mail["OutgoingPasswordSameAsIncomingPassword"].Name.LocalName);
        Assert.DoesNotContain("IncomingPassword", mail.Keys);
        Assert.All([profile, mail], payload => Assert.True(Guid.TryParseExact(payload["PayloadUUID"].Value, "D", out _)));
        Assert.StartsWith("org.example.mail.mail.", mail["PayloadIdentifier"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_address_gives_the_same_profile_and_another_one_other_identifiers()
    {
        var ada = AppleProfile.Write(Example.Of(), Example.Address("ada@example.org"))!;

        Assert.Equal(ada, AppleProfile.Write(Example.Of(), Example.Address("ada@example.org")));
        Assert.Empty(Identifiers(ada).Intersect(Identifiers(AppleProfile.Write(Example.Of(), Example.Address("bob@example.org"))!)));
        // However it is typed: the device replaces the profile.
        Assert.Equal(Identifiers(ada), Identifiers(AppleProfile.Write(Example.Of(), Example.Address("ADA@Example.org"))!));
        Assert.Equal(2, Identifiers(ada).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_key_comes_along_without_its_password()
    {
        byte[] file = [0x30, 0x82, 0, 1, 255];
        var profile = Read(AppleProfile.Write(Example.Of(), Example.Address("ada@example.org"), identity: new AppleProfileKey("ada-phone.p12", file))!);

        var payloads = profile["PayloadContent"].Elements().Select(Dictionary).ToList();
        Assert.Equal(["com.apple.mail.managed", "com.apple.security.pkcs12"], payloads.Select(payload => payload["PayloadType"].Value));
        Assert.Equal((Convert.ToBase64String(file), "data"), (payloads[1]["PayloadContent"].Value, payloads[1]["PayloadContent"].Name.LocalName));
        Assert.Equal(["PayloadCertificateFileName", "PayloadContent", .. PayloadKeys], payloads[1].Keys);
    }

    [Fact]
    public void Markup_and_letters_of_any_script_stay_text()
    {
        var profile = Read(AppleProfile.Write(Example.Of(), Example.Address("\"<b>&\"@b\u00fccher.example"), "</string><key>\u0001\ud800\ufffe \ud83d\udc26")!);

        var mail = Dictionary(Assert.Single(profile["PayloadContent"].Elements()));
        Assert.Equal("\"<b>&\"@xn--bcher-kva.example", mail["EmailAddress"].Value);
        Assert.Equal("</string><key> \ud83d\udc26", mail["EmailAccountName"].Value);
    }

    [Theory]
    [InlineData("listen imaps")]
    [InlineData("listen submissions")]
    [InlineData("listen smtp")]
    public void Without_a_way_to_read_and_to_send_there_is_no_account(string lines) => Assert.Null(AppleProfile.Write(Example.Of(lines), Example.Address("ada@example.org")));

    [Fact]
    public async Task A_foreign_reader_of_property_lists_takes_it()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["profile.plist"], AppleProfile.Write(Example.Of(), Example.Address("r\u00f3ka@example.org"), "R\u00f3ka", new AppleProfileKey("key.p12", new byte[100])));
        Process? program = null;
        Assert.SkipUnless((program = Try("plistutil", "-i", folder["profile.plist"], "-o", folder["profile.bin"], "-f", "bin")) is not null, "plistutil is not installed.");

        await program!.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        Assert.StartsWith("bplist00", await File.ReadAllTextAsync(folder["profile.bin"]), StringComparison.Ordinal);
    }

    private static Process? Try(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(program, arguments);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static List<string> Identifiers(string text) =>
        [.. XDocument.Parse(text, LoadOptions.None).Descendants("key").Where(key => key.Value == "PayloadUUID").Select(key => ((XElement)key.NextNode!).Value)];

    private static Dictionary<string, XElement> Read(string text)
    {
        Assert.Contains("\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n", text, StringComparison.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return Dictionary(Assert.Single(XDocument.Load(reader).Root!.Elements()));
    }

    private static Dictionary<string, XElement> Dictionary(XElement dict)
    {
        Assert.Equal("dict", dict.Name.LocalName);
        var elements = dict.Elements().ToList();
        Assert.All(elements.Where((_, at) => at % 2 == 0), key => Assert.Equal("key", key.Name.LocalName));
        return elements.Chunk(2).ToDictionary(pair => pair[0].Value, pair => pair[1], StringComparer.Ordinal);
    }
}
