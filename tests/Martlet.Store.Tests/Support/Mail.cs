using System.Globalization;
using System.Text;

namespace Martlet.Store.Tests.Support;

/// <summary>Messages for tests.</summary>
internal static class Mail
{
    public static string Text(string subject, int bodyBytes = 60)
    {
        var text = new StringBuilder($"From: Bob <bob@example.net>\r\nTo: anna@example.org\r\nSubject: {subject}\r\nDate: Thu, 1 Jan 2026 12:00:00 +0000\r\n\r\n");
        for (var line = 0; bodyBytes > 0; line++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"line {line} of the body, which goes on for a while until it ends\r\n");
            text.Append(part.AsSpan(0, Math.Min(part.Length, bodyBytes)));
            bodyBytes -= part.Length;
        }

        return text.ToString();
    }

    /// <summary>A message of exactly so many bytes.</summary>
    public static string OfBytes(int bytes)
    {
        var head = Text("sized", 0);
        return head + string.Concat(Enumerable.Repeat("0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123\r\n", 1 + (bytes / 78)))[..(bytes - head.Length)];
    }
}
