using System.Text;
using Martlet.Protocols.Smtp;
using Martlet.Server.Sendmail;
using Xunit;

namespace Martlet.Server.Tests.Sendmail;

/// <summary>Messages as local programs hand them in, and what is made of them.</summary>
public sealed class LocalMessageTests
{
    private const string Stamp = "Date: x\nMessage-ID: <x>\n";

    [Theory]
    [InlineData("To: a@b\n\nhi\n.\nmore\n", false, "To: a@b\n\nhi\n")]
    [InlineData("To: a@b\n\nhi\n.\nmore\n", true, "To: a@b\n\nhi\n.\nmore\n")]
    [InlineData("x\r\n.\r\ny", false, "x\r\n")]
    [InlineData("x\n.", false, "x\n")]
    [InlineData(".\n", false, "")]
    [InlineData(".x\n..\n . \n", false, ".x\n..\n . \n")]
    [InlineData("", false, "")]
    public async Task A_dot_alone_ends_the_message_unless_told_otherwise(string input, bool ignoresDots, string expected)
    {
        foreach (var piece in (int[])[1, 2, 4096])
        {
            var read = await MessageIntake.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(input), piece), ignoresDots, bytesMax: 100, CancellationToken.None);
            Assert.Equal(expected, Encoding.UTF8.GetString(read!.Value.Span));
        }
    }

    [Theory]
    [InlineData("just text\n", "\r\njust text\n")]
    [InlineData("no: field without\nend", "no: field without\n\r\nend")]
    [InlineData("From ada Mon Nov 23\nSubject: x\n\ny", "Subject: x\n\r\ny")]
    [InlineData("Subject: x", "Subject: x\r\n\r\n")]
    [InlineData("A: b\n c\n\td\nE : f\n\n g\n", "A: b\n c\n\td\nE : f\n\r\n g\n")]
    [InlineData("Bcc: a@b,\n c@d\nX: y\nbcc : e@f\n\nz", "X: y\n\r\nz")]
    public void A_header_is_found_and_Bcc_goes_whole(string text, string expected)
    {
        var message = LocalMessage.Read(Encoding.UTF8.GetBytes(text))!;
        message.Remove("Bcc");
        Assert.Equal(expected, Encoding.UTF8.GetString(message.ToArray()));
    }

    [Theory]
    [InlineData(SendmailLimits.HeaderBytesMax, true)]
    [InlineData(SendmailLimits.HeaderBytesMax + 1, false)]
    public void A_header_has_a_limit(int bytes, bool isAllowed) =>
        Assert.Equal(isAllowed, LocalMessage.Read(Encoding.UTF8.GetBytes("A: ".PadRight(bytes - 1, 'x') + "\n")) is not null);

    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("Lovelace, Ada", "\"Lovelace, Ada\"")]
    [InlineData("A \"B\" \\C", "\"A \\\"B\\\" \\\\C\"")]
    [InlineData("Ädä", "=?utf-8?B?w4Rkw6Q=?=")]
    public void Names_are_written_so_that_they_stay_names(string name, string phrase) => Assert.Equal(phrase, LocalMessage.Phrase(name));

    [Fact]
    public void A_long_name_is_several_words_and_no_value_begins_a_line()
    {
        var phrase = LocalMessage.Phrase(string.Concat(Enumerable.Repeat("ü", 50)));
        Assert.Equal(3, phrase.Split("\r\n ").Length);
        Assert.All(phrase.Split("\r\n "), static word => Assert.InRange(word.Length, 1, 75));
        var message = LocalMessage.Read(default)!;
        message.Add("X", "a\nBcc: b");
        Assert.Equal("X: a?Bcc: b\r\n\r\n", Encoding.UTF8.GetString(message.ToArray()));
    }

    [Theory]
    [InlineData("a@b", Stamp + "From: x@y\n\n", "<ada@example.org> a@b | " + Stamp + "From: x@y\n\r\n")]
    [InlineData("-t c@d", Stamp + "From: x@y\nTo: A <a@b>, B: b@b, \"q q\"@b;\nCC: a@B\nBcc: e@f\n\n", "<ada@example.org> c@d a@b b@b \"q q\"@b e@f | " + Stamp + "From: x@y\nTo: A <a@b>, B: b@b, \"q q\"@b;\nCC: a@B\n\r\n")]
    [InlineData("-t", Stamp + "From: x@y\nTo: a@b\nResent-To: c@d\nResent-Bcc: e@f\n\n", "<ada@example.org> c@d e@f | " + Stamp + "From: x@y\nTo: a@b\nResent-To: c@d\n\r\n")]
    [InlineData("root", Stamp + "From: root (Cron Daemon)\n\n", "<ada@example.org> bob@example.org | " + Stamp + "From: Cron Daemon <root@example.org>\r\n\r\n")]
    [InlineData("-FX -f bob daemon", Stamp + "\n", "<bob@example.org> daemon@example.org | " + Stamp + "From: X <bob@example.org>\r\n\r\n")]
    [InlineData("-f <> a@b", Stamp + "\n", "<> a@b | " + Stamp + "From: ada@example.org\r\n\r\n")]
    [InlineData("a@b", "From: x@y\n\n", "<ada@example.org> a@b | From: x@y\nDate: Sun, 01 Mar 2026 12:00:00 +0000\r\nMessage-ID: <*@example.org>\r\n\r\n")]
    public void Envelope_and_header(string line, string text, string expected)
    {
        var prepared = Prepare(line, text, "host x\naddress ada@example.org\ndefault-domain example.org\nalias root bob@example.org");
        Assert.Null(prepared.Problem);
        var mail = prepared.Mail!;
        var message = System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(mail.Message), "<[0-9]+\\.[0-9a-f]{20}@", "<*@", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.Equal(expected, $"{mail.From} {string.Join(' ', mail.Recipients)} | {message}");
    }

    [Theory]
    [InlineData("", "host x\naddress a@b", SendmailExit.Usage, "There is no recipient.")]
    [InlineData("-t", "host x\naddress a@b", SendmailExit.Usage, "There is no recipient.")]
    [InlineData("root", "host x\naddress a@b", SendmailExit.NoUser, "'root' has no domain; set alias, default-recipient or default-domain in the configuration.")]
    [InlineData("a@..", "host x\naddress a@b", SendmailExit.NoUser, "'a@..' is not an email address.")]
    [InlineData("a@b", "host x", SendmailExit.Configuration, "There is no sender: give -f ADDRESS, or set address or default-domain in the configuration.")]
    [InlineData("-f x@.. a@b", "host x\naddress a@b", SendmailExit.Configuration, "There is no sender: give -f ADDRESS, or set address or default-domain in the configuration.")]
    public void What_cannot_be_sent_is_told(string line, string config, int code, string problem) => Assert.Equal(new Prepared(null, code, problem), Prepare(line, "\n", config));

    [Fact]
    public void A_wrong_recipient_does_not_hold_up_the_others()
    {
        var prepared = Prepare("a@b nobody c@d", "\n", "host x\naddress a@b");
        Assert.Equal((SendmailExit.NoUser, 2), (prepared.ExitCode, prepared.Mail!.Recipients.Count));
    }

    [Theory]
    [InlineData(SendmailLimits.RecipientsMax, true)]
    [InlineData(SendmailLimits.RecipientsMax + 1, false)]
    public void Recipients_have_a_limit(int count, bool isAllowed)
    {
        var to = string.Join(",\n ", Enumerable.Range(0, count).Select(static number => $"a{number}@b"));
        Assert.Equal(isAllowed, Prepare("-t", $"To: {to}\n\n", "host x\naddress a@b").Mail is not null);
    }

    [Fact]
    public void What_is_kept_is_read_back()
    {
        Assert.True(EmailAddress.TryParse("\"a b\"@example.org", out var odd));
        Assert.True(EmailAddress.TryParse("ä@example.org", out var utf8));
        var mail = new UnsentMail(new ReversePath(odd), [odd, utf8], Encoding.UTF8.GetBytes("A: b\n\nto <x>\n\n")) { Time = TimeProvider.System.GetUtcNow(), Reason = "451 a\nto <evil@example.org>" };
        var file = new MemoryStream();
        mail.WriteTo(file);
        var read = UnsentMail.Read(file.ToArray())!;
        Assert.Equal((mail.From, mail.Time, "451 a to <evil@example.org>"), (read.From, read.Time, read.Reason));
        Assert.Equal(mail.Recipients, read.Recipients);
        Assert.Equal(mail.Message, read.Message);
        foreach (var broken in (string[])["", "x", "martlet unsent mail 1\n\n", "martlet unsent mail 1\nfrom x\nto <a@b>\n\n", "martlet unsent mail 1\nto <>\n\n", "martlet unsent mail 1\nother x\nto <a@b>\n\n"])
        {
            Assert.Null(UnsentMail.Read(Encoding.UTF8.GetBytes(broken)));
        }
    }

    private static Prepared Prepare(string line, string text, string config)
    {
        var arguments = SendmailArguments.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _);
        var context = SendmailRun.Context("", []);
        return new MessagePreparer(SendmailConfigFile.Parse(config, "x", out _)!, context).Prepare(arguments, LocalMessage.Read(Encoding.UTF8.GetBytes(text))!);
    }

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
