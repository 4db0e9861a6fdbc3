using Martlet.Server.Config;
using Xunit;

namespace Martlet.Server.Tests.Config;

public sealed class ConfigParserTests
{
    private const string Needed = "hostname mail.example.org\ndata /var/lib/martlet\n";

    [Fact]
    public void Two_lines_are_enough_and_the_rest_has_defaults()
    {
        var config = Read(Needed);

        Assert.Equal("mail.example.org", config.Hostname);
        Assert.Equal("/var/lib/martlet", config.DataFolder);
        Assert.Null(config.Tls);
        Assert.Equal((100L << 20, 20_000, 100), (config.MessageBytesMax, config.ConnectionsMax, config.ConnectionsPerAddressMax));
        Assert.Equal(
            ["smtp 0.0.0.0:25", "smtp [::]:25", "submissions 0.0.0.0:465", "submissions [::]:465", "submission 0.0.0.0:587", "submission [::]:587",
                "imap 0.0.0.0:143", "imap [::]:143", "imaps 0.0.0.0:993", "imaps [::]:993", "https 0.0.0.0:443", "https [::]:443", "http 0.0.0.0:80", "http [::]:80",
                "admin 127.0.0.1:8443", "admin [::1]:8443", "metrics 127.0.0.1:8090", "metrics [::1]:8090"],
            config.Listeners.Select(listener => $"{listener.Protocol} {listener.EndPoint}"));
    }

    [Fact]
    public void Every_option_is_read_with_comments_quotes_and_relative_paths()
    {
        var config = Read("""
            # our server
            hostname  Mail.Example.ORG   # lower case from here on
            data "my \"mail\" \\ folder"
            listen imaps [2001:db8::1]:1993
            listen imap 2001:db8::2
            listen smtp 192.0.2.1:2525
            listen submission *:1587
            listen https
            listen admin
            listen metrics *
            tls cert.pem	"the key.pem"
            limit message-bytes 512K
            limit connections 7
            limit connections-per-address 3
            unauthenticate off
            """.ReplaceLineEndings("\r\n"));

        Assert.Equal("mail.example.org", config.Hostname);
        Assert.Equal("""/etc/martlet/my "mail" \ folder""", config.DataFolder);
        Assert.Equal(
            ["imaps [2001:db8::1]:1993 needed", "imap [2001:db8::2]:143 needed", "smtp 192.0.2.1:2525 needed", "submission 0.0.0.0:1587 needed", "submission [::]:1587 optional",
                "https 0.0.0.0:443 needed", "https [::]:443 optional", "admin 127.0.0.1:8443 needed", "admin [::1]:8443 optional", "metrics 0.0.0.0:8090 needed", "metrics [::]:8090 optional"],
            config.Listeners.Select(listener => $"{listener.Protocol} {listener.EndPoint} {(listener.MayBeMissing ? "optional" : "needed")}"));
        Assert.Equal(new TlsFiles("/etc/martlet/cert.pem", "/etc/martlet/the key.pem"), config.Tls);
        Assert.False(config.AllowUnauthenticate);
        Assert.Equal((512L << 10, 7, 3), (config.MessageBytesMax, config.ConnectionsMax, config.ConnectionsPerAddressMax));
    }

    [Theory]
    [InlineData("port 25", "'port' is not an option; there are hostname, data, listen, tls, limit, unauthenticate, cram-md5, log-format, otlp.")]
    [InlineData("unauthenticate yes", "'yes' is neither on nor off.")]
    [InlineData("limit", "which limit?; there are message-bytes, connections, connections-per-address, journal-bytes.")]
    [InlineData("limit speed 3", "'speed' is not a limit; there are message-bytes, connections, connections-per-address, journal-bytes.")]
    [InlineData("data", "data is already set in line 2.")]
    [InlineData("tls cert.pem", "a value is missing; write 'tls CERTIFICATE KEY', for example 'tls /etc/ssl/mail/fullchain.pem /etc/ssl/mail/privkey.pem'.")]
    [InlineData("listen imap ::1 143", "there are too many values; write 'listen PROTOCOL [ADDRESS[:PORT]]', for example 'listen imaps [2001:db8::1]:993'.")]
    [InlineData("tls \"cert.pem key.pem", "a quote is opened and not closed.")]
    [InlineData("tls \"cert.pem\"key.pem", "a space is missing after the closing quote.")]
    [InlineData("tls \"\" key.pem", "a file name is empty.")]
    [InlineData("listen pop3", "'pop3' is not a protocol; there are smtp, submissions, submission, imap, imaps, https, http, admin, metrics.")]
    [InlineData("listen imap mail.example.org", "'mail.example.org' is not an IP address. Write 192.0.2.1, [2001:db8::1] or * for all, each with :port when it is not the standard one.")]
    [InlineData("listen imap 1.2:143", "'1.2' is not an IP address. Write 192.0.2.1, [2001:db8::1] or * for all, each with :port when it is not the standard one.")]
    [InlineData("listen imap [::1", "'[::1' is not an IP address. Write 192.0.2.1, [2001:db8::1] or * for all, each with :port when it is not the standard one.")]
    [InlineData("listen imap [::1]:0", "'0' is not a port; ports go from 1 to 65535.")]
    [InlineData("listen imap 192.0.2.1:65536", "'65536' is not a port; ports go from 1 to 65535.")]
    [InlineData("listen imap 192.0.2.1:", "'' is not a port; ports go from 1 to 65535.")]
    [InlineData("limit message-bytes lots", "'lots' is not a size; write 100M, 512K or a number of bytes.")]
    [InlineData("limit message-bytes -5M", "'-5M' is not a size; write 100M, 512K or a number of bytes.")]
    [InlineData("limit message-bytes 63K", "63K is out of range; message-bytes goes from 64K to 2G.")]
    [InlineData("limit message-bytes 3G", "3G is out of range; message-bytes goes from 64K to 2G.")]
    [InlineData("limit message-bytes 999999999999G", "999999999999G is out of range; message-bytes goes from 64K to 2G.")]
    [InlineData("limit connections 0", "'0' is not a number from 1 to 1000000.")]
    [InlineData("limit connections-per-address many", "'many' is not a number from 1 to 1000000.")]
    public void A_wrong_line_is_reported_with_its_number_and_what_to_write(string line, string reason)
    {
        var result = ConfigParser.Parse($"{Needed}# a comment\n{line}\n", "/etc/martlet");

        Assert.Null(result.Config);
        Assert.Equal([new ConfigProblem(4, reason)], result.Problems);
    }

    [Theory]
    [InlineData("-mail.example.org")]
    [InlineData("mail..example.org")]
    [InlineData("mail_server")]
    [InlineData("\"\"")]
    public void A_hostname_must_be_one(string name)
    {
        var problem = Assert.Single(ConfigParser.Parse($"hostname {name}\ndata x\n", "/").Problems);

        Assert.Equal((1, $"'{name.Trim('"')}' is not a host name: labels of letters, digits and hyphens with dots between, such as mail.example.org."), (problem.Line, problem.Reason));
    }

    [Fact]
    public void The_same_address_cannot_be_given_twice() => Assert.Equal(
        [new ConfigProblem(4, "127.0.0.1:143 is already taken by imap.")],
        ConfigParser.Parse(Needed + "listen imap 127.0.0.1\nlisten imaps 127.0.0.1:143\n", "/").Problems);

    [Fact]
    public void All_problems_are_reported_at_once_and_missing_options_too()
    {
        var result = ConfigParser.Parse("listen pop3\n\nlimit connections x\n", "/");

        Assert.Equal(
            ["m.conf:1: 'pop3' is not a protocol; there are smtp, submissions, submission, imap, imaps, https, http, admin, metrics.",
                "m.conf:3: 'x' is not a number from 1 to 1000000.",
                "m.conf: hostname is missing; add a line such as 'hostname mail.example.org'.",
                "m.conf: data is missing; add a line such as 'data /var/lib/martlet'."],
            result.Problems.Select(problem => problem.Describe("m.conf")));
    }

    [Fact]
    public void A_line_has_a_longest_length() => Assert.Equal(
        [new ConfigProblem(3, "the line is longer than 4096 characters.")], ConfigParser.Parse(Needed + new string('#', 4097), "/").Problems);

    [Fact]
    public void Every_documented_example_is_right_and_every_option_is_documented()
    {
        var text = ConfigDocs.Describe();
        var examples = text.Split('\n').Where(line => line.StartsWith("    example   ", StringComparison.Ordinal)).Select(line => line[14..]).ToList();

        Assert.Equal(ConfigTable.Options.Select(option => option.Example), examples);
        Assert.Empty(ConfigParser.Parse(string.Join('\n', examples), "/").Problems);
    }

    private static BootConfig Read(string text)
    {
        var result = ConfigParser.Parse(text, "/etc/martlet");
        Assert.Empty(result.Problems);
        return result.Config!;
    }
}
