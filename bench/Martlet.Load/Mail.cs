using System.Globalization;
using System.Text;

namespace Martlet.Load;

/// <summary>Messages as people send them: a header of a dozen fields, text and HTML; subjects, authors and dates vary with the number.</summary>
internal static class Mail
{
    /// <summary>A word that one message in 10,000 has.</summary>
    public const string RareWord = "xylograph";

    private static readonly string[] Words =
        "report meeting invoice about schedule project update question answer budget contract delivery summer garden train ticket review draft release note thanks".Split(' ');

    /// <summary>A message of about that many bytes, at least 1,200.</summary>
    public static byte[] Make(int number, int bytes)
    {
        var random = new Random(number);
        var date = new DateTimeOffset(2024, 1, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(number * 7 % 1_000_000);
        var text = new StringBuilder(bytes);
        var author = number * 31 % 997;
        var boundary = string.Create(CultureInfo.InvariantCulture, $"b1_{number:x8}");
        text.Append(CultureInfo.InvariantCulture, $"""
            Received: from mta{author % 9}.example.net (mta{author % 9}.example.net [192.0.2.{author % 250}]) by mx.example.org with ESMTPS id {number:x};
            {"\t"}{date:ddd, dd MMM yyyy HH:mm:ss} +0000
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=s1; h=from:to:subject:date:message-id;
            {"\t"}bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=dGhpcyBpcyBub3QgYSBzaWduYXR1cmUgYnV0IGl0IGhhcyB0aGUgbGVuZ3RoIG9mIG9uZSBk
            Date: {date:ddd, dd MMM yyyy HH:mm:ss} +0000
            From: "Author {author}" <author{author}@example.net>
            To: Somebody Else <user@example.org>, list{author % 20}@example.com
            Cc: third{author % 50}@example.net
            Subject: {Words[number % Words.Length]} {Words[number / 7 % Words.Length]} {number}
            Message-ID: <{number:x8}.{author}@example.net>
            In-Reply-To: <{number / 2:x8}.{author}@example.net>
            References: <{number / 4:x8}.{author}@example.net> <{number / 2:x8}.{author}@example.net>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="{boundary}"

            --{boundary}
            Content-Type: text/plain; charset=utf-8


            """);
        if (number % 10_000 == 1234)
        {
            text.Append("A rare word: ").Append(RareWord).Append(".\n");
        }

        FillTo(text, random, bytes / 2);
        text.Append(CultureInfo.InvariantCulture, $"\n--{boundary}\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>\n");
        FillTo(text, random, bytes - 80);
        text.Append(CultureInfo.InvariantCulture, $"</p></body></html>\n--{boundary}--\n");
        return Encoding.ASCII.GetBytes(text.ToString().ReplaceLineEndings("\r\n"));
    }

    private static void FillTo(StringBuilder text, Random random, int length)
    {
        while (text.Length < length)
        {
            var lineEnd = text.Length + 70;
            while (text.Length < lineEnd)
            {
                text.Append(Words[random.Next(Words.Length)]).Append(' ');
            }

            text.Append('\n');
        }
    }
}
