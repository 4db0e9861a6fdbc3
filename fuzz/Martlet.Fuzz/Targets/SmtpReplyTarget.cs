using Martlet.Protocols.Smtp.Client;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// Bytes of an SMTP server, and as message content: no exception, the same replies however the bytes are cut, nothing that could not be shown on a terminal; and
/// what is written for DATA is read again as the one message it was.
/// </summary>
public static class SmtpReplyTarget
{
    private static readonly SmtpClientLimits Limits = new() { ReplyLineBytesMax = 600, ReplyLinesMax = 20, ReplyBytesMax = 4096 };

    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        Target.That(Replies(input, piece: 1).SequenceEqual(Replies(input, int.MaxValue)), "Replies do not depend on how the bytes are cut.");
        Target.That(Content(input, piece: 1).SequenceEqual(Content(input, int.MaxValue)), "Nor does message data.");
    }

    private static List<string> Replies(ReadOnlySpan<byte> input, int piece)
    {
        var reader = new ReplyReader(Limits);
        List<string> replies = [];
        while (!input.IsEmpty)
        {
            var step = reader.Next(input[..Math.Min(piece, input.Length)], out var consumed, out var reply);
            input = input[consumed..];
            if (step is ReplyStep.Malformed or ReplyStep.Limit)
            {
                // Which of the two comes first may depend on how much is seen at once; that it ends here may not.
                replies.Add("end");
                return replies;
            }

            Target.That(consumed > 0, "Reading goes on.");
            Target.That((step == ReplyStep.Reply) == (reply is not null), "A reply comes with its step.");
            if (reply is not null)
            {
                Target.That(reply.Lines.Count > 0 && !reply.ToString().Any(char.IsControl), "A reply can be shown.");
                var capabilities = ServerCapabilities.Of(reply);
                replies.Add($"{reply} | {string.Join(' ', capabilities.Mechanisms)} | {capabilities.SizeMax} {capabilities.RecipientsMax}");
            }
        }

        return replies;
    }

    private static byte[] Content(ReadOnlySpan<byte> content, int piece)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = default(DataWriter);
        var scanner = default(ContentScanner);
        for (var rest = content; !rest.IsEmpty; rest = rest[Math.Min(piece, rest.Length)..])
        {
            writer.Write(rest[..Math.Min(piece, rest.Length)], output);
            scanner.Read(rest[..Math.Min(piece, rest.Length)]);
        }

        writer.End(output);
        var reader = default(Protocols.Smtp.DataReader);
        var size = 0L;
        var sent = output.WrittenSpan;
        while (!sent.IsEmpty)
        {
            Target.That(!reader.IsComplete, "There is one end.");
            size += reader.Read(sent, out var consumed).Length;
            sent = sent[consumed..];
        }

        Target.That(reader.IsComplete && !reader.HasBareLineBreak, "A server sees the end, and no bare line break.");
        Target.That(scanner.Traits.SizeBytes == size, "The announced size is the true one.");
        return output.WrittenSpan.ToArray();
    }
}
