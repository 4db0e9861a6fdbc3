using Xunit;

namespace Martlet.Server.Tests.Autoconfig;

public sealed class ClientSettingsTests
{
    [Fact]
    public void All_ways_in_are_told_TLS_from_the_start_first()
    {
        var settings = Example.Of();

        Assert.Equal("mail.example.org", settings.Hostname);
        Assert.Equal(["imaps mail.example.org 993 SSL/TLS", "imap mail.example.org 143 STARTTLS"], settings.Reading.Select(Text));
        Assert.Equal(["submissions mail.example.org 465 SSL/TLS", "submission mail.example.org 587 STARTTLS"], settings.Sending.Select(Text));
    }

    [Theory]
    [InlineData("listen imaps", "imaps mail.example.org 993 SSL/TLS", "")]
    [InlineData("listen imap *:1143\nlisten submission 192.0.2.1:1587", "imap mail.example.org 1143 STARTTLS", "submission mail.example.org 1587 STARTTLS")]
    // A standard port is told rather than another one, and another one rather than one for this machine only.
    [InlineData("listen imaps *:1993\nlisten imaps 192.0.2.1\nlisten imap 127.0.0.1", "imaps mail.example.org 993 SSL/TLS", "")]
    [InlineData("listen imaps 127.0.0.1\nlisten imaps *:1993", "imaps mail.example.org 1993 SSL/TLS", "")]
    // Nothing but this machine: then that is what there is.
    [InlineData("listen imaps 127.0.0.1:1993", "imaps mail.example.org 1993 SSL/TLS", "")]
    [InlineData("listen smtp", "", "")]
    public void Only_what_is_configured_is_told(string lines, string reading, string sending)
    {
        var settings = Example.Of(lines);

        Assert.Equal((reading, sending), (string.Join(", ", settings.Reading.Select(Text)), string.Join(", ", settings.Sending.Select(Text))));
    }

    private static string Text(Server.Autoconfig.ClientService service) => $"{service.Protocol} {service.Hostname} {service.Port} {service.Security}";
}
