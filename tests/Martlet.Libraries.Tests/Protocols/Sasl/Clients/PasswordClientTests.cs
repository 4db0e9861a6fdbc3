using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Clients;

/// <summary>The mechanisms that send the password.</summary>
public sealed class PasswordClientTests
{
    [Theory]
    [InlineData("", "tim", "tanstaaftanstaaf", "\0tim\0tanstaaftanstaaf")] // RFC 4616 §4.
    [InlineData("Ursel", "Kurt", "xipj3plmq", "Ursel\0Kurt\0xipj3plmq")]
    public void PLAIN_says_all_at_once(string authorizationId, string name, string password, string message)
    {
        var client = new PlainClient(name, password, authorizationId);
        Assert.Equal(message, Said(client.InitialResponse));
        Assert.Equal(new SaslStep.CheckPassword(authorizationId, name, password), Run(new Plain(SaslLimits.Default), client, _ => null).Server);
        Assert.Equal(new SaslClientStep.Failed(SaslClientFailure.Unexpected), client.Step([]));
    }

    [Fact]
    public void LOGIN_answers_whatever_is_asked_in_order()
    {
        var client = new LoginClient("tim", "secret", SaslLimits.Default);
        Assert.Null(client.InitialResponse);
        Assert.Equal("tim", Answer("User Name\0"));
        Assert.False(client.IsComplete);
        Assert.Equal("secret", Answer(""));
        Assert.True(client.IsComplete);
        Assert.Equal(new SaslClientStep.Failed(SaslClientFailure.Unexpected), client.Step([]));

        string Answer(string prompt) => Said(Assert.IsType<SaslClientStep.Respond>(client.Step(Bytes(prompt))).Data);
    }

    [Fact]
    public void LOGIN_gets_through_to_the_server() =>
        Assert.Equal(
            new SaslStep.CheckPassword("", "tim", "secret"),
            Run(new Login(SaslLimits.Default), new LoginClient("tim", "secret", SaslLimits.Default), _ => null).Server);

    [Fact]
    public void Prompts_have_a_limit()
    {
        Assert.IsType<SaslClientStep.Respond>(new LoginClient("a", "b", SaslLimits.Default).Step(new byte[1024]));
        Assert.Equal(new SaslClientStep.Failed(SaslClientFailure.Malformed), new LoginClient("a", "b", SaslLimits.Default).Step(new byte[1025]));
    }

    [Fact]
    public void Steps_and_means_do_not_print_passwords()
    {
        Assert.Equal("Respond { 6 bytes }", new SaslClientStep.Respond(Bytes("secret")).ToString());
        Assert.DoesNotContain("secret", new SaslClientMeans { AuthenticationId = "tim", Password = "secret" }.ToString(), StringComparison.Ordinal);
    }
}
