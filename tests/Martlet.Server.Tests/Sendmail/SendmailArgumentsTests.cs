using Martlet.Server.Sendmail;
using Xunit;

namespace Martlet.Server.Tests.Sendmail;

/// <summary>Command lines as programs have called sendmail for decades.</summary>
public sealed class SendmailArgumentsTests
{
    [Theory]
    [InlineData("-t", "Deliver t")]
    [InlineData("-ti", "Deliver t i")]
    [InlineData("-t -oi -oem -odb", "Deliver t i")]
    [InlineData("-i -FCronDaemon -B8BITMIME -oem root", "Deliver i F=CronDaemon root")] // cron of Debian
    [InlineData("-oem -oi -f ada@example.org -- a@b c@d", "Deliver i f=ada@example.org a@b c@d")] // mutt
    [InlineData("-fada@example.org a@b", "Deliver f=ada@example.org a@b")]
    [InlineData("-r ada@example.org a@b", "Deliver f=ada@example.org a@b")]
    [InlineData("-itf ada@example.org", "Deliver t i f=ada@example.org")]
    [InlineData("-F Ada -t -- -x", "Deliver t F=Ada -x")]
    [InlineData("-bs", "Smtp")]
    [InlineData("-bm a@b", "Deliver a@b")]
    [InlineData("-b p", "List")]
    [InlineData("-bi", "Nothing")]
    [InlineData("-q", "Retry")]
    [InlineData("--retry", "Retry")]
    [InlineData("-C /x/y -N never -R hdrs -V id -O Timeout=1 -h 3 -L tag -X log -p SMTP:x -v -G -U -n -m -s -d0.1 a@b", "Deliver C=/x/y a@b")]
    public void Options_together_and_apart(string line, string meaning)
    {
        var read = SendmailArguments.Read(line.Split(' '), out var problem);
        Assert.Null(problem);
        string?[] words = [read.Mode.ToString(), read.ReadsRecipients ? "t" : null, read.IgnoresDots ? "i" : null, Value("f", read.From), Value("F", read.FullName), Value("C", read.ConfigFile), .. read.Recipients];
        Assert.Equal(meaning, string.Join(' ', words.Where(static word => word is not null)));
    }

    [Theory]
    [InlineData("-Z", "'-Z' is no option of sendmail.")]
    [InlineData("-tZ", "'-Z' is no option of sendmail.")]
    [InlineData("-:", "'-:' is no option of sendmail.")]
    [InlineData("-", "'-' is no option of sendmail.")]
    [InlineData("--nonsense", "'--nonsense' is no option of sendmail.")]
    [InlineData("-t -f", "-f needs a value.")]
    [InlineData("-bd", "-bd is not done here; -bm, -bs, -bp and -bi are.")]
    [InlineData("-bv a@b", "-bv is not done here; -bm, -bs, -bp and -bi are.")]
    [InlineData("-q30m", "-q30m: there is no daemon; call 'martlet sendmail --retry' from a timer.")]
    public void What_is_not_done_is_told(string line, string expected)
    {
        SendmailArguments.Read(line.Split(' '), out var problem);
        Assert.Equal(expected, problem);
    }

    private static string? Value(string letter, string? value) => value is null ? null : $"{letter}={value}";
}
