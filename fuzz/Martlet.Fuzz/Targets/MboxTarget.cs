using Martlet.Messages.Files;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes are an mbox file: the same in pieces, every line end is CRLF.</summary>
public static class MboxTarget
{
    /// <summary>Runs the target once.</summary>
    /// <param name="input">The file.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var file = input.ToArray();
        foreach (var quoting in new[] { MboxQuoting.Keep, MboxQuoting.Remove })
        {
            var whole = Read(new MemoryStream(file), quoting);
            Target.That(whole.SequenceEqual(Read(new OneByteStream(file), quoting)), "Byte by byte is the same.");
            for (var i = 0; i < whole.Count; i++)
            {
                Target.That(whole[i] != '\n' || i > 0 && whole[i - 1] == '\r', "Lines end in CRLF.");
            }
        }
    }

    private static List<byte> Read(Stream stream, MboxQuoting quoting)
    {
        var all = new List<byte>();
        var pieces = MboxReader.ReadAsync(stream, quoting).GetAsyncEnumerator();
#pragma warning disable VSTHRD002 // The streams are in memory: nothing here ever waits.
        while (pieces.MoveNextAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore VSTHRD002
        {
            var (isStart, date, bytes) = pieces.Current;
            if (isStart)
            {
                all.AddRange("\0start "u8);
                all.AddRange(System.Text.Encoding.ASCII.GetBytes(date?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? ""));
            }

            all.AddRange(bytes.Span);
        }

        return all;
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
