using Martlet.Protocols.Imap;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// Frames a stream of commands as a session does, once in one piece and once byte by byte: both must give the same commands, and framing must
/// consume the stream without standing still.
/// </summary>
public static class ImapFramerTarget
{
    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var whole = Frame(input, chunk: Math.Max(1, input.Length));
        var bytewise = Frame(input, chunk: 1);
        if (!whole.AsSpan().SequenceEqual(bytewise))
        {
            throw new InvalidOperationException("The cut of the input changed the commands.");
        }
    }

    /// <summary>The lengths of all steps but NeedMore and partial discards; negative for a refused literal.</summary>
    /// <param name="input">A connection's bytes.</param>
    /// <param name="chunk">How many arrive at a time.</param>
    public static long[] Frame(ReadOnlySpan<byte> input, int chunk)
    {
        var limits = ImapLimits.BeforeLogin with { DiscardBytesMax = 2_000 };
        var framer = new CommandFramer(limits);
        var steps = new List<long>();
        var start = 0;
        for (var end = Math.Min(chunk, input.Length); ;)
        {
            var step = framer.Next(input[start..end]);
            switch (step.Kind)
            {
                case FrameStepKind.NeedMore when end == input.Length:
                    return [.. steps];
                case FrameStepKind.NeedMore:
                    end = Math.Min(end + chunk, input.Length);
                    continue;
                case FrameStepKind.LineTooLong:
                    steps.Add(-1);
                    return [.. steps];
                case FrameStepKind.Literal when step.Limit == LiteralLimit.None:
                    framer.AcceptLiteral();
                    steps.Add(step.Literal.Bytes);
                    continue;
                case FrameStepKind.Literal:
                    steps.Add(-step.Length - 2);
                    start += step.Length;
                    if (!framer.Refuse())
                    {
                        return [.. steps];
                    }

                    continue;
                case FrameStepKind.Discard:
                    start += step.Length;
                    continue;
                default:
                    steps.Add(start + step.Length);
                    start += step.Length;
                    framer.Reset();
                    continue;
            }
        }
    }
}
