using System.Text;
using System.Xml.Linq;
using Martlet.Server.Autoconfig;
using Xunit;

namespace Martlet.Server.Tests.Autoconfig;

/// <summary>Requests as Outlook and others send them, and as nobody should; answers against the elements of MS-OXDSCLI.</summary>
public sealed class AutodiscoverTests
{
    private const string OutlookRequest = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
    private const string MobileResponse = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 1, 234, TimeSpan.Zero);

    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("  Ada@Example.ORG\r\n", "ada@example.org")]
    [InlineData("<![CDATA[ada@example.org]]>", "ada@example.org")]
    [InlineData("<!-- who -->ada@example.org", "ada@example.org")]
    [InlineData("r\u00f3ka@b\u00fccher.example", "r\u00f3ka@xn--bcher-kva.example")]
    [InlineData("ada", null)]
    [InlineData("", null)]
    [InlineData("ada@[192.0.2.1]", null)]
    public void The_address_is_read_as_people_type_it(string text, string? address)
    {
        var request = Read(Request(text))!;

        Assert.Equal((address, AutodiscoverReply.Schema), (request.Address?.Normalized, request.ResponseSchema));
    }

    public static TheoryData<string> Hostile =>
    [
        "",
        "not xml",
        "<Autodiscover>",
        "<html><Request><EMailAddress>ada@example.org</EMailAddress></Request></html>",
        // Document types: entities that grow, files and addresses that are fetched.
        $"<!DOCTYPE a [<!ENTITY b 'c'>]>{Request("&b;")}",
        $"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>{Request("&b;")}",
        $"<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'>{Request("ada@example.org")}",
        Request("<b>ada@example.org</b>"),
        Request(new string('a', 1100)),
        Request("ada@example.org") + new string(' ', AutodiscoverRequest.BytesMax),
        $"<Autodiscover>{string.Concat(Enumerable.Repeat("<a>", 17))}{string.Concat(Enumerable.Repeat("</a>", 17))}</Autodiscover>",
        Request("\u0001"),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_no_request_is_none(string body)
    {
        Assert.Null(Read(body));

        Assert.Equal("600", Error(AutodiscoverReply.Write(Example.Of(), request: null, _ => true, Now)).Element(Outer + "ErrorCode")!.Value);
    }

    [Fact]
    public void A_request_of_the_largest_size_is_read()
    {
        var body = Request("ada@example.org");

        Assert.NotNull(Read(body + new string(' ', AutodiscoverRequest.BytesMax - body.Length)));
        Assert.Null(Read(body + new string(' ', AutodiscoverRequest.BytesMax - body.Length + 1)));
    }

    [Fact]
    public void The_settings_have_what_Outlook_needs()
    {
        var root = XDocument.Parse(Reply("ada@example.org")).Root!;

        Assert.Equal(Outer + "Autodiscover", root.Name);
        var response = root.Element(Inner + "Response")!;
        Assert.Equal("ada@example.org", response.Element(Inner + "User")!.Element(Inner + "DisplayName")!.Value);
        var account = response.Element(Inner + "Account")!;
        Assert.Equal(("email", "settings"), (account.Element(Inner + "AccountType")!.Value, account.Element(Inner + "Action")!.Value));
        string Of(XElement protocol) => string.Join(' ', protocol.Elements().Select(element => element.Value));
        Assert.Equal(["AccountType", "Action", "Protocol", "Protocol", "Protocol", "Protocol"], account.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            ["Type", "Server", "Port", "DomainRequired", "LoginName", "SPA", "SSL", "Encryption", "AuthRequired"],
            account.Elements(Inner + "Protocol").First().Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            [
                "IMAP mail.example.org 993 off ada@example.org off on SSL on", "IMAP mail.example.org 143 off ada@example.org off off TLS on",
                "SMTP mail.example.org 465 off ada@example.org off on SSL on on off", "SMTP mail.example.org 587 off ada@example.org off off TLS on on off",
            ],
            account.Elements(Inner + "Protocol").Select(Of));
    }

    [Fact]
    public void An_address_that_does_not_exist_gets_the_same_answer_but_for_its_own_name() =>
        Assert.Equal(Reply("ada@example.org"), Reply("nobody@example.org").Replace("nobody@", "ada@", StringComparison.Ordinal));

    [Fact]
    public void Other_domains_and_other_languages_are_refused_with_their_numbers()
    {
        var foreign = Error(AutodiscoverReply.Write(Example.Of(), Read(Request("ada@example.net")), domain => domain == "example.org", Now));
        Assert.Equal(("500", "10:00:01.2340000"), (foreign.Element(Outer + "ErrorCode")!.Value, foreign.Attribute("Time")!.Value));
        var phone = Error(AutodiscoverReply.Write(Example.Of(), Read(Request("ada@example.org", MobileResponse)), _ => true, Now));
        Assert.Equal("601", phone.Element(Outer + "ErrorCode")!.Value);
        Assert.Equal(["ErrorCode", "Message", "DebugData"], phone.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Markup_in_an_address_stays_text()
    {
        var reply = Reply("\"&lt;b&gt;&amp;\"@example.org");

        Assert.Equal("\"<b>&\"@example.org", XDocument.Parse(reply).Descendants(Inner + "LoginName").First().Value);
    }

    [Theory]
    [InlineData("ada@example.org", "AutodiscoverV1", 200, """{"Protocol":"AutodiscoverV1","Url":"https://mail.example.org/autodiscover/autodiscover.xml"}""")]
    [InlineData("nobody@example.org", "autodiscoverv1", 200, """{"Protocol":"AutodiscoverV1","Url":"https://mail.example.org/autodiscover/autodiscover.xml"}""")]
    [InlineData(
        "ada@example.org", "ActiveSync<b>", 400, """{"ErrorCode":"InvalidProtocol","ErrorMessage":"The given protocol is invalid. Supported values are \u0027AutodiscoverV1\u0027."}""")]
    [InlineData("ada@example.org", "", 400, """{"ErrorCode":"MandatoryParameterMissing","ErrorMessage":"A valid value must be provided for the query parameter \u0027Protocol\u0027."}""")]
    [InlineData("ada", "AutodiscoverV1", 400, """{"ErrorCode":"InvalidUserId","ErrorMessage":"The given address is not an address."}""")]
    [InlineData(null, null, 400, """{"ErrorCode":"InvalidUserId","ErrorMessage":"The given address is not an address."}""")]
    public void The_second_version_tells_where_the_first_is(string? email, string? protocol, int status, string json) =>
        Assert.Equal((status, json), AutodiscoverJson.Write("mail.example.org", 443, email, protocol));

    [Fact]
    public void Another_port_is_named() =>
        Assert.Contains("\"https://mail.example.org:1443/autodiscover/", AutodiscoverJson.Write("mail.example.org", 1443, "ada@example.org", "AutodiscoverV1").Json, StringComparison.Ordinal);

    private static XNamespace Outer => "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

    private static XNamespace Inner => "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    private static string Reply(string address) => AutodiscoverReply.Write(Example.Of(), Read(Request(address)), domain => domain == "example.org", Now);

    private static XElement Error(string reply) => XDocument.Parse(reply).Root!.Element(Outer + "Response")!.Element(Outer + "Error")!;

    private static AutodiscoverRequest? Read(string body) => AutodiscoverRequest.Read(Encoding.UTF8.GetBytes(body));

    private static string Request(string address, string schema = AutodiscoverReply.Schema) => $"""
        <Autodiscover xmlns="{OutlookRequest}"><Request><EMailAddress>{address}</EMailAddress><AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request></Autodiscover>
        """;
}
