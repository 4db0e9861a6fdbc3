using System.Net;
using Martlet.Server.Setup;
using Martlet.Server.Tests.Autoconfig;
using Xunit;

namespace Martlet.Server.Tests.Setup;

public sealed class DnsRecordsTests
{
    private static readonly IPAddress[] Addresses = [IPAddress.Parse("192.0.2.10"), IPAddress.Parse("2001:db8::a")];

    [Fact]
    public void A_domain_gets_every_record_that_mail_and_programs_need()
    {
        var records = DnsRecords.For("example.org", Example.Of(), Addresses);

        Assert.Equal(
            """
            example.org. MX 10 mail.example.org.
            mail.example.org. A 192.0.2.10
            mail.example.org. AAAA 2001:db8::a
            10.2.0.192.in-addr.arpa. PTR mail.example.org. (provider)
            a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mail.example.org. (provider)
            example.org. TXT "v=spf1 mx ~all"
            mail.example.org. TXT "v=spf1 a -all"
            _dmarc.example.org. TXT "v=DMARC1; p=none; rua=mailto:postmaster@example.org"
            _imaps._tcp.example.org. SRV 0 1 993 mail.example.org.
            _submissions._tcp.example.org. SRV 0 1 465 mail.example.org.
            _imap._tcp.example.org. SRV 0 0 0 .
            _submission._tcp.example.org. SRV 0 0 0 .
            _pop3s._tcp.example.org. SRV 0 0 0 .
            _pop3._tcp.example.org. SRV 0 0 0 .
            autoconfig.example.org. CNAME mail.example.org.
            autodiscover.example.org. CNAME mail.example.org.
            _autodiscover._tcp.example.org. SRV 0 1 443 mail.example.org.
            _domainkey.example.org. TXT ?
            _mta-sts.example.org. TXT ?
            _smtp._tls.example.org. TXT ?
            mail.example.org. CAA ?
            """,
            string.Join('\n', records.Select(record => $"{record.Name} {record.Type} {record.Value ?? "?"}{(record.AtProvider ? " (provider)" : "")}")));
        Assert.All(records, record => Assert.EndsWith(".", record.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void STARTTLS_is_told_where_there_is_nothing_better_and_ports_are_those_that_listen()
    {
        var records = DnsRecords.For("example.org", Example.Of("listen imap *:1143\nlisten submissions *:1465"), Addresses);

        string? Service(string name) => Assert.Single(records, record => record.Name == $"_{name}._tcp.example.org.").Value;
        // Nothing serves settings there.
        Assert.DoesNotContain(records, record => record.Name.StartsWith("auto", StringComparison.Ordinal) || record.Name.StartsWith("_auto", StringComparison.Ordinal));
        Assert.Equal(("0 0 0 .", "0 1 1143 mail.example.org."), (Service("imaps"), Service("imap")));
        Assert.Equal(("0 1 1465 mail.example.org.", "0 0 0 ."), (Service("submissions"), Service("submission")));
    }

    [Fact]
    public void Without_known_addresses_the_administrator_is_asked_for_them()
    {
        var records = DnsRecords.For("xn--bcher-kva.example", Example.Of(), []);

        Assert.Null(Assert.Single(records, record => record.Type == "A").Value);
        Assert.True(Assert.Single(records, record => record.Type == "PTR").AtProvider);
        Assert.Contains(records, record => record.Name == "xn--bcher-kva.example." && record.Type == "MX");
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("2002:a00::1", false)]
    public void Only_addresses_of_the_Internet_are_told(string address, bool isPublic) => Assert.Equal(isPublic, HostAddresses.IsPublic(IPAddress.Parse(address)));
}
