using System.Text;
using Martlet.Protocols.Sasl;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

public sealed class MechanismTests
{
    private static Plain Plain => new(SaslLimits.Default);

    [Theory]
    [InlineData("\0tim\0tanstaaftanstaaf", "", "tim", "tanstaaftanstaaf")] // RFC 4616 §4.
    [InlineData("Ursel\0Kurt\0xipj3plmq", "Ursel", "Kurt", "xipj3plmq")]
    [InlineData("\0jürgen@bücher.example\0pässwörd ", "", "jürgen@bücher.example", "pässwörd ")]
    public void PLAIN_has_three_parts(string response, string authorizationId, string name, string password) =>
        Assert.Equal(new SaslStep.CheckPassword(authorizationId, name, password), Plain.Step(Encoding.UTF8.GetBytes(response)));

    [Theory]
    [InlineData("")]
    [InlineData("tim")]
    [InlineData("\0tim")]
    [InlineData("\0\0secret")]
    [InlineData("\0tim\0")]
    [InlineData("\0tim\0secret\0")]
    [InlineData("\0tim\0\0secret")]
    public void PLAIN_refuses_other_forms(string response) =>
        Assert.Equal(new SaslStep.Failed(SaslFailure.Malformed), Plain.Step(Encoding.UTF8.GetBytes(response)));

    [Fact]
    public void PLAIN_refuses_what_is_not_UTF8() => Assert.Equal(new SaslStep.Failed(SaslFailure.Malformed), Plain.Step([0, (byte)'a', 0, 0xFC]));

    [Theory]
    [InlineData(1020, 1020, 1020, true)]
    [InlineData(1021, 1, 1, false)]
    [InlineData(1, 1021, 1, false)]
    [InlineData(1, 1, 1021, false)]
    public void PLAIN_has_limits(int authorizationId, int name, int password, bool isTaken) =>
        Assert.Equal(
            isTaken,
            Plain.Step(Encoding.ASCII.GetBytes($"{new string('a', authorizationId)}\0{new string('b', name)}\0{new string('c', password)}")) is SaslStep.CheckPassword);

    [Fact]
    public void LOGIN_asks_for_name_and_password()
    {
        var login = new Login(SaslLimits.Default);
        Assert.Equal("Username:", Encoding.ASCII.GetString(login.FirstChallenge.Span));
        var challenge = Assert.IsType<SaslStep.Challenge>(login.Step("tim"u8));
        Assert.Equal("Password:", Encoding.ASCII.GetString(challenge.Data.Span));
        Assert.Equal(new SaslStep.CheckPassword("", "tim", "secret"), login.Step("secret"u8));
    }

    [Fact]
    public void LOGIN_refuses_nothing_NUL_and_too_much()
    {
        Assert.IsType<SaslStep.Failed>(new Login(SaslLimits.Default).Step([]));
        Assert.IsType<SaslStep.Failed>(new Login(SaslLimits.Default).Step("a\0b"u8));
        Assert.IsType<SaslStep.Challenge>(new Login(SaslLimits.Default).Step(new byte[1020].Select(_ => (byte)'a').ToArray()));
        Assert.IsType<SaslStep.Failed>(new Login(SaslLimits.Default).Step(new byte[1021].Select(_ => (byte)'a').ToArray()));
    }

    [Fact]
    public void Steps_do_not_print_passwords() =>
        Assert.DoesNotContain("secret", new SaslStep.CheckPassword("", "tim", "secret").ToString(), StringComparison.Ordinal);
}
