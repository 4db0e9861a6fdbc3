using Martlet.Protocols.Smtp;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Smtp;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("alice@example.org", "alice@example.org", "alice@example.org")]
    [InlineData("Alice@EXAMPLE.Org", "Alice@example.org", "alice@example.org")]
    [InlineData("\"alice\"@example.org", "alice@example.org", "alice@example.org")]
    [InlineData("\"a\\\"b\\\\c\"@example.org", "\"a\\\"b\\\\c\"@example.org", "a\"b\\c@example.org")]
    [InlineData("\"a@b\"@example.org", "\"a@b\"@example.org", "a@b@example.org")]
    [InlineData("\" \"@example.org", "\" \"@example.org", " @example.org")]
    [InlineData("\"a..b\"@example.org", "\"a..b\"@example.org", "a..b@example.org")]
    [InlineData("a!#$%&'*+-/=?^_`{|}~@example.org", "a!#$%&'*+-/=?^_`{|}~@example.org", "a!#$%&'*+-/=?^_`{|}~@example.org")]
    [InlineData("JÜRGEN@BÜCHER.example", "JÜRGEN@xn--bcher-kva.example", "jürgen@xn--bcher-kva.example")]
    [InlineData("ju\u0308rgen@b\u0075\u0308cher.example", "ju\u0308rgen@xn--bcher-kva.example", "jürgen@xn--bcher-kva.example")]
    [InlineData("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example", "a@xn--bcher-kva.example")]
    [InlineData("a@straße.example", "a@xn--strae-oqa.example", "a@xn--strae-oqa.example")]
    [InlineData("a@my_host.example", "a@my_host.example", "a@my_host.example")]
    [InlineData("a@localhost", "a@localhost", "a@localhost")]
    [InlineData("a@[192.0.2.1]", "a@[192.0.2.1]", "a@[192.0.2.1]")]
    [InlineData("a@[ipv6:2001:DB8:0:0:0:0:0:1]", "a@[IPv6:2001:db8::1]", "a@[IPv6:2001:db8::1]")]
    public void Addresses_have_a_written_and_a_normalized_form(string text, string written, string normalized)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(written, address.ToString());
        Assert.Equal(normalized, address.Normalized);
        Assert.True(EmailAddress.TryParse(address.ToString(), out var again));
        Assert.Equal(address, again);
        Assert.Equal(address.Localpart, again.Localpart);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("@example.org")]
    [InlineData("alice@")]
    [InlineData("alice@@example.org")]
    [InlineData("alice@b@example.org")]
    [InlineData(".alice@example.org")]
    [InlineData("alice.@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("\"a@example.org")]
    [InlineData("\"\"@example.org")]
    [InlineData("\"a\"b@example.org")]
    [InlineData("\"a\nb\"@example.org")]
    [InlineData("\"a\\\u0001\"@example.org")]
    [InlineData("a\u0085b@example.org")]
    [InlineData("a\u2028b@example.org")]
    [InlineData("a@example..org")]
    [InlineData("a@.example.org")]
    [InlineData("a@example.org.")]
    [InlineData("a@-example.org")]
    [InlineData("a@example-.org")]
    [InlineData("a@exa mple.org")]
    [InlineData("a@example.org\r\n")]
    [InlineData("a@[192.0.2.1")]
    [InlineData("a@[192.0.2]")]
    [InlineData("a@[192.0.2.256]")]
    [InlineData("a@[0x7f.0.0.1]")]
    [InlineData("a@[2001:db8::1]")]
    [InlineData("a@[IPv6:192.0.2.1]")]
    [InlineData("a@[IPv6:fe80::1%eth0]")]
    [InlineData("a@[]")]
    [InlineData("a@\u200d.example")]
    public void Others_are_none(string text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void Half_a_character_is_none() => Assert.False(EmailAddress.TryParse("a" + (char)0xD800 + "@example.org", out _));

    [Theory]
    [InlineData("alice+lists@example.org", "+", "alice@example.org")]
    [InlineData("Alice+A+B@example.org", "+", "alice+a@example.org alice@example.org")]
    [InlineData("alice+@example.org", "+", "alice@example.org")]
    [InlineData("alice@example.org", "+", "")]
    [InlineData("+alice@example.org", "+", "")]
    [InlineData("ada-l+books@example.org", "+-", "ada-l@example.org ada@example.org")]
    [InlineData("ada-l+books@example.org", "", "")]
    [InlineData("ada.l@example.org", ".", "ada@example.org")]
    public void Detail_is_what_follows_a_separator(string text, string separators, string plain)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(plain, string.Join(' ', address.WithoutDetail(separators).Select(shorter => shorter.Normalized)));
    }

    [Fact]
    public void Where_case_counts_it_stays()
    {
        Assert.True(EmailAddress.TryParse("Ada@Example.ORG", out var address));
        Assert.Equal(("ada@example.org", "Ada@example.org"), (address.Normalized, address.NormalizedExact));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_up_to_63_letters(int length, bool isAddress) =>
        Assert.Equal(isAddress, EmailAddress.TryParse($"a@{new string('x', length)}.org", out _));

    [Fact]
    public void Only_the_localpart_decides_whether_an_address_is_ASCII()
    {
        Assert.True(EmailAddress.TryParse("a@bücher.example", out var domain));
        Assert.True(domain.IsAscii);
        Assert.True(EmailAddress.TryParse("ü@example.org", out var localpart));
        Assert.False(localpart.IsAscii);
    }

    [Fact]
    public void Limits_cannot_be_set_below_what_the_standard_asks_for()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressLimits { LocalpartBytesMax = 63 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressLimits { DomainBytesMax = 254 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressLimits { PathBytesMax = 255 });
    }
}
