using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// Bytes of a server, as they come and byte by byte, with message data kept and streamed: no exception, the same responses however the bytes are cut, and work
/// linear in the input.
/// </summary>
public static class ImapResponseTarget
{
    /// <summary>Bytes looked at per byte of input, as for commands; a date and a response code are looked at twice.</summary>
    public const int StepsPerByteMax = 8;

    private static readonly ImapClientLimits Limits = new() { LiteralBytesMax = 64 * 1024, SectionBytesMax = 64 * 1024, NestingMax = 50 };

    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        foreach (var isStreamed in (ReadOnlySpan<bool>)[false, true])
        {
            var whole = Read(input, int.MaxValue, isStreamed);
            Target.That(Read(input, piece: 1, isStreamed).SequenceEqual(whole), "Responses do not depend on how the bytes are cut.");
        }
    }

    private static List<string> Read(ReadOnlySpan<byte> input, int piece, bool isStreamed)
    {
        var framer = new ResponseFramer(Limits) { StreamsMessageData = isStreamed };
        var reader = new ResponseReader(Limits);
        List<string> responses = [];
        while (!input.IsEmpty)
        {
            var step = framer.Next(input[..Math.Min(piece, input.Length)], out var consumed, out var text);
            Target.That(consumed > 0 || step == ResponseStep.Limit, "Reading goes on.");
            input = input[consumed..];
            switch (step)
            {
                case ResponseStep.Limit:
                    responses.Add(framer.Error);
                    return responses;
                case ResponseStep.MessageData:
                    Target.That(reader.ReadUntilData(text)?.Sections is null or [.., { IsStreamed: true }], "The section to come is known.");
                    input = input[(int)Math.Min(framer.DataBytes, input.Length)..];
                    break;
                case ResponseStep.Response:
                    var response = reader.Read(text);
                    Target.That(reader.Steps <= ((long)text.Length * StepsPerByteMax) + 256, $"{reader.Steps} steps for {text.Length} bytes.");
                    responses.Add(response.ToString());
                    break;
            }
        }

        return responses;
    }
}
