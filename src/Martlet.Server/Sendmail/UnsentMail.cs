using System.Globalization;
using System.Text;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Sendmail;

/// <summary>A message that waits to be sent, as it is kept: lines of text with the envelope and the reason, an empty line, the message.</summary>
/// <param name="From">Envelope-from.</param>
/// <param name="Recipients">Who has not got it.</param>
/// <param name="Message">Header and body.</param>
internal sealed record UnsentMail(ReversePath From, IReadOnlyList<EmailAddress> Recipients, byte[] Message)
{
    private const string FirstLine = "martlet unsent mail 1";

    /// <summary>When it was kept.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Why, in one line.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Writes it down.</summary>
    public void WriteTo(Stream output)
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        text.Append("time ").Append(Time.ToString("O", CultureInfo.InvariantCulture)).Append('\n');
        text.Append("reason ").Append(string.Concat(Reason.Select(static c => char.IsControl(c) ? ' ' : c))).Append('\n');
        text.Append("from ").Append(From).Append('\n');
        foreach (var recipient in Recipients)
        {
            text.Append("to <").Append(recipient).Append(">\n");
        }

        output.Write(Encoding.UTF8.GetBytes(text.Append('\n').ToString()));
        output.Write(Message);
    }

    /// <summary>Reads it back; null when this is something else.</summary>
    public static UnsentMail? Read(ReadOnlyMemory<byte> bytes)
    {
        var end = bytes.Span.IndexOf("\n\n"u8);
        var lines = end < 0 ? [] : Encoding.UTF8.GetString(bytes.Span[..end]).Split('\n');
        if (lines is not [FirstLine, ..])
        {
            return null;
        }

        var mail = new UnsentMail(default, [], bytes[(end + 2)..].ToArray());
        List<EmailAddress> recipients = [];
        foreach (var line in lines.Skip(1))
        {
            var (word, value) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (line[..space], line[(space + 1)..]) : (line, "");
            var address = value.Length > 2 && EmailAddress.TryParse(value[1..^1], out var parsed) ? parsed : null;
            switch (word)
            {
                case "time" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var time):
                    mail = mail with { Time = time };
                    break;
                case "reason":
                    mail = mail with { Reason = value };
                    break;
                case "from" when address is not null || value == "<>":
                    mail = mail with { From = new ReversePath(address) };
                    break;
                case "to" when address is not null:
                    recipients.Add(address);
                    break;
                default:
                    return null;
            }
        }

        return recipients.Count == 0 ? null : mail with { Recipients = recipients };
    }
}
