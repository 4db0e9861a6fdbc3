using MailKit;
using MimeKit;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>
/// ENVELOPE and BODYSTRUCTURE as MailKit reads them from the wire, against what MimeKit says of the same bytes. A difference is a failure unless the list below
/// explains it, message by message.
/// </summary>
internal static class StructureComparison
{
    private const string RepeatedField = "the field is repeated: the first counts (RFC 5322 §3.6 allows one), MimeKit joins them";
    private const string SpaceInLocalpart = "To: <Undisclosed Recipients@…>: we keep what is there without the space, MimeKit gives up on the list";
    private const string AtInLocalpart = "a quoted localpart with @ in it: given without quotes as ENVELOPE has it, and MailKit drops such an address";
    private const string HeadersAsText = "text/rfc822-headers is text: MimeKit opens it like a message";
    private const string EmptyMultipart = "a multipart without parts: BODYSTRUCTURE has no such thing, so it is text/plain";
    private const string DefaultCharset = "no usable Content-Type: we say the default charset (RFC 2045 §5.2), MimeKit none";

    // Numbers of messages in the corpus, ham first, from 1.
    private static readonly (string Reason, string What, int[] Messages)[] Explained =
    [
        (HeadersAsText, "structure", [697, 1846]),
        (SpaceInLocalpart, "to", [2270, 2271, 2273, 2274, 2284, 2288, 2290, 2293, 2307, 2319, 2324, 2325, 2338, 2339]),
        (AtInLocalpart, "from", [2369]),
        (RepeatedField, "cc", [2491, 2576, 2626]),
        (EmptyMultipart, "structure", [2876]),
    ];

    public static async Task RunAsync(RealServer server, string mailbox, List<byte[]> messages)
    {
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", server.ImapPort, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync(RealServer.Address, RealServer.Password);
        var folder = await client.GetFolderAsync(mailbox);
        await folder.OpenAsync(FolderAccess.ReadOnly);
        var summaries = await folder.FetchAsync(0, -1, MessageSummaryItems.Envelope | MessageSummaryItems.BodyStructure | MessageSummaryItems.UniqueId);
        Assert.Equal(messages.Count, summaries.Count);
        var unexplained = new List<string>();
        var explained = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = await MimeMessage.LoadAsync(new MemoryStream(messages[i]));
            foreach (var difference in Differences(summaries[i], message).Where(difference => difference.Ours != difference.Theirs))
            {
                if (Explanation(i + 1, difference) is { } reason)
                {
                    explained[reason] = explained.GetValueOrDefault(reason) + 1;
                }
                else
                {
                    unexplained.Add($"message {i + 1}: {difference}");
                }
            }
        }

        foreach (var (reason, count) in explained)
        {
            Console.WriteLine($"differs from MimeKit, explained: {count} x {reason}");
        }

        Assert.True(unexplained.Count == 0, $"{unexplained.Count} differences:\n{string.Join('\n', unexplained.Take(40))}");
    }

    private static IEnumerable<Difference> Differences(IMessageSummary summary, MimeMessage message)
    {
        var envelope = summary.Envelope ?? new Envelope();
        yield return new("subject", Fold(envelope.Subject), Fold(message.Subject));
        yield return new("message-id", envelope.MessageId ?? "", message.MessageId ?? "");
        yield return new("from", Addresses(envelope.From), Addresses(message.From));
        yield return new("to", Addresses(envelope.To), Addresses(message.To));
        yield return new("cc", Addresses(envelope.Cc), Addresses(message.Cc));
        yield return new("date", Date(envelope.Date), Date(message.Headers.Contains(HeaderId.Date) ? message.Date : null));
        yield return new("structure", Tree(summary.Body), Tree(message.Body));
    }

    private sealed record Difference(string What, string Ours, string Theirs);

    private static string? Explanation(int number, Difference difference)
    {
        foreach (var (reason, what, messages) in Explained)
        {
            if (what == difference.What && messages.Contains(number))
            {
                return reason;
            }
        }

        return difference.What == "structure" && WithoutDefault(difference.Ours) == WithoutDefault(difference.Theirs) ? DefaultCharset : null;
    }

    private static string WithoutDefault(string tree) => tree.Replace("TEXT/PLAIN US-ASCII ", "TEXT/PLAIN  ", StringComparison.Ordinal);

    private static string Fold(string? text) => string.Join(' ', (text ?? "").Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Date(DateTimeOffset? date) => date is { } value && value != DateTimeOffset.MinValue ? value.ToString("u") + value.Offset : "";

    private static string Addresses(InternetAddressList list) =>
        string.Join(", ", list.Mailboxes.Select(mailbox => $"{Fold(mailbox.Name)} <{mailbox.Address}>"));

    private static string Tree(BodyPart? part) => part switch
    {
        BodyPartMultipart multipart => $"({string.Concat(multipart.BodyParts.Select(Tree))} {multipart.ContentType.MimeType})".ToUpperInvariant(),
        BodyPartMessage nested => $"({nested.ContentType.MimeType} {Tree(nested.Body)})".ToUpperInvariant(),
        BodyPartBasic basic => $"({basic.ContentType.MimeType} {basic.ContentType.Charset} {basic.ContentType.Name} {Encoding(basic.ContentTransferEncoding)} {basic.ContentDisposition?.Disposition} {basic.ContentDisposition?.FileName})".ToUpperInvariant(),
        _ => "?",
    };

    private static string Tree(MimeEntity? entity) => entity switch
    {
        Multipart multipart => $"({string.Concat(multipart.Select(Tree))} {multipart.ContentType.MimeType})".ToUpperInvariant(),
        MessagePart nested => $"({nested.ContentType.MimeType} {Tree(nested.Message?.Body)})".ToUpperInvariant(),
        MimePart basic => $"({basic.ContentType.MimeType} {basic.ContentType.Charset} {basic.ContentType.Name} {Encoding(basic.Headers[HeaderId.ContentTransferEncoding])} {basic.ContentDisposition?.Disposition} {basic.ContentDisposition?.FileName})".ToUpperInvariant(),
        _ => "?",
    };

    private static string Encoding(string? encoding) => string.IsNullOrEmpty(encoding) ? "7BIT" : encoding.Trim();
}
