using System.Buffers;
using Martlet.Messages.Files;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes are a message: written into an mbox file and read again it has the same lines and flags, however the bytes are cut.</summary>
public static class MboxWriterTarget
{
    private static readonly DateTimeOffset Date = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000);
    private static readonly string[] Keywords = ["$Forwarded", "Work"];

    /// <summary>Runs the target once.</summary>
    /// <param name="input">The message.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var file = Write(input, int.MaxValue);
        Target.That(file.AsSpan().SequenceEqual(Write(input, 1)), "Byte by byte is the same.");
        var status = new MboxStatus();
        var message = new List<byte>();
        var starts = 0;
        var pieces = MboxReader.ReadAsync(new MemoryStream(file), MboxQuoting.Remove).GetAsyncEnumerator();
#pragma warning disable VSTHRD002 // The stream is in memory: nothing here ever waits.
        while (pieces.MoveNextAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore VSTHRD002
        {
            starts += pieces.Current.IsStart ? 1 : 0;
            message.AddRange(pieces.Current.IsStart ? [] : status.Feed(pieces.Current.Bytes.Span));
        }

        message.AddRange(status.Finish());
        Target.That(starts == 1, "A message stays one.");
        Target.That(status.Flags == (FileFlags.Seen | FileFlags.Draft) && status.Keywords.SequenceEqual(Keywords), "Flags are the file's.");
        Target.That(message.SequenceEqual(Lines(input)), "Lines are the message's.");
    }

    private static byte[] Write(ReadOnlySpan<byte> message, int piece)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MboxWriter(output);
        writer.Start(Date, FileFlags.Seen | FileFlags.Draft, Keywords);
        for (; !message.IsEmpty; message = message[Math.Min(piece, message.Length)..])
        {
            writer.Write(message[..Math.Min(piece, message.Length)]);
        }

        writer.End();
        return output.WrittenSpan.ToArray();
    }

    // What mbox keeps: lines; each LF becomes CRLF, and the last line gets an end.
    private static List<byte> Lines(ReadOnlySpan<byte> message)
    {
        var lines = new List<byte>();
        foreach (var value in message)
        {
            if (value == '\n' && lines is not [.., (byte)'\r'])
            {
                lines.Add((byte)'\r');
            }

            lines.Add(value);
        }

        lines.AddRange(message is [] or [.., (byte)'\n'] ? [] : "\r\n"u8);
        return lines;
    }
}
