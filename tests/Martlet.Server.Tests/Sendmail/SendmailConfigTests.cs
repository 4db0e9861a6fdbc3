using Martlet.Network.Smtp;
using Martlet.Server.Sendmail;
using Xunit;

namespace Martlet.Server.Tests.Sendmail;

/// <summary>The configuration file of sendmail.</summary>
public sealed class SendmailConfigTests
{
    [Fact]
    public void A_whole_file()
    {
        var config = SendmailConfigFile.Parse(
            """
            # mail leaves by our server
            host mail.example.org
            tls starttls
            address ada@example.org
            password "correct \"horse\""
            key ada.pem
            server-certificate /etc/mail.pem
            mechanism scram-sha-256-plus
            default-domain example.org
            default-recipient ada@example.org
            alias Root bob@example.org
            alias www ada@example.org
            spool unsent
            timeout 30
            """,
            "/etc/martlet/x.conf",
            out var problem);
        Assert.Null(problem);
        Assert.Equal(("mail.example.org", 587, SmtpSecurity.StartTls, "ada@example.org", "correct \"horse\""), (config!.Host, config.EffectivePort, config.Security, config.Address!.ToString(), config.Password));
        Assert.Equal(("/etc/martlet/ada.pem", "/etc/mail.pem", "SCRAM-SHA-256-PLUS", "/etc/martlet/unsent", TimeSpan.FromSeconds(30)), (config.KeyFile, config.ServerCertificateFile, config.Mechanism, config.SpoolFolder, config.Timeout));
        Assert.Equal(("example.org", "ada@example.org", "bob@example.org", 2), (config.DefaultDomain, config.DefaultRecipient!.ToString(), config.Aliases["root"].ToString(), config.Aliases.Count));
    }

    [Theory]
    [InlineData("", "x.conf: host is missing; add a line such as 'host mail.example.org'.")]
    [InlineData("host a b", "x.conf:1: there are too many values; write 'host NAME', for example 'host mail.example.org'.")]
    [InlineData("host -", "x.conf:1: '-' is neither a host name nor an address.")]
    [InlineData("host a\nport 0", "x.conf:2: '0' is not a port from 1 to 65535.")]
    [InlineData("host a\nport 65536", "x.conf:2: '65536' is not a port from 1 to 65535.")]
    [InlineData("host a\ntls maybe", "x.conf:2: 'maybe' is none of on, starttls, off.")]
    [InlineData("host a\naddress ada", "x.conf:2: 'ada' is not an email address.")]
    [InlineData("host a\ndefault-domain a..b", "x.conf:2: 'a..b' is not a domain.")]
    [InlineData("host a\nalias root ada", "x.conf:2: 'ada' is not an email address.")]
    [InlineData("host a\nalias root a@b\nalias ROOT c@d", "x.conf:3: there is already an alias root.")]
    [InlineData("host a\nmechanism X", "x.conf:2: 'X' is not a mechanism; there are EXTERNAL, SCRAM-SHA-256-PLUS, SCRAM-SHA-1-PLUS, SCRAM-SHA-256, SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN.")]
    [InlineData("host a\ntimeout 0", "x.conf:2: '0' is not a number from 1 to 3600.")]
    [InlineData("host a\ntimeout 3601", "x.conf:2: '3601' is not a number from 1 to 3600.")]
    [InlineData("host a\nlimit x", "x.conf:2: 'limit' is not an option; there are host, port, tls, address, password, password-file, key, server-certificate, mechanism, default-domain, default-recipient, alias, spool, timeout.")]
    [InlineData("host a\naddress a@b\npassword x\npassword-file y", "x.conf: password and password-file name the same thing; give one of them.")]
    [InlineData("host a\npassword x", "x.conf: a password needs an address to log in with.")]
    [InlineData("host a\ntls off\nkey x", "x.conf: a key is shown in TLS only; remove 'tls off'.")]
    [InlineData("host a\ntls off\naddress a@b\npassword x", "x.conf: a password is not sent to another machine without TLS; remove 'tls off'.")]
    public void What_is_wrong_is_told_with_its_line(string text, string expected)
    {
        Assert.Null(SendmailConfigFile.Parse(text, "x.conf", out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_password_may_go_to_this_machine_without_TLS(string host)
    {
        Assert.NotNull(SendmailConfigFile.Parse($"host {host}\ntls off\naddress a@b\npassword x", "x.conf", out _));
    }

    [Fact]
    public void Every_example_is_a_line_that_is_taken()
    {
        foreach (var option in SendmailTable.Options)
        {
            var draft = new SendmailDraft { BaseFolder = "/" };
            var lines = new Server.Config.ConfigLines<SendmailDraft>(SendmailTable.Options, draft);
            lines.Read(option.Example);
            Assert.Empty(lines.Problems);
        }
    }
}
