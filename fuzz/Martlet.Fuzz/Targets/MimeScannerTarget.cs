using Martlet.Messages.Mime;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes are a message: the structure is legal, the same in pieces, and survives encoding.</summary>
public static class MimeScannerTarget
{
    /// <summary>Runs the target once.</summary>
    /// <param name="input">The message.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var whole = Scan(input, input.Length, MimeLimits.Default);
        var encoded = whole.Encode(0);
        Target.That(encoded.AsSpan().SequenceEqual(Scan(input, 1, MimeLimits.Default).Encode(0)), "Byte by byte is the same.");
        Target.That(encoded.AsSpan().SequenceEqual(Scan(input, 7, MimeLimits.Default).Encode(0)), "Seven by seven is the same.");
        var tight = new MimeLimits
        {
            DepthMax = 3,
            PartsMax = 4,
            RootHeaderBytesMax = 200,
            PartHeaderBytesMax = 50,
            AddressesMax = 2,
            ParametersMax = 1,
            ValueBytesMax = 20,
            MetaBytesMax = 300,
            PreviewBytesMax = 30,
        };
        var tightly = Scan(input, 1, tight);
        Target.That(tightly.Encode(0).AsSpan().SequenceEqual(Scan(input, input.Length, tight).Encode(0)), "The same in pieces within tight limits.");
        Target.That(tightly.PartCount <= 4, "Not more parts than allowed.");
        Check(tightly.Encode(0), input, 0);
        Check(encoded, input, 0);
        Check(whole.Encode(100), input, 100);
    }

    private static MessageStructure Scan(ReadOnlySpan<byte> input, int chunk, MimeLimits limits)
    {
        var scanner = new MimeScanner(limits);
        for (; input.Length > 0; input = input[Math.Min(chunk, input.Length)..])
        {
            scanner.Feed(input[..Math.Min(chunk, input.Length)]);
        }

        return scanner.Finish();
    }

    private static void Check(byte[] encoded, ReadOnlySpan<byte> input, int shift)
    {
        Target.That(MessageMeta.TryRead(encoded, out var meta), "What was written can be read.");
        Target.That(meta.Root.HeaderBegin == 0 && meta.Root.BodyBegin >= shift, "The root begins at the beginning.");
        Target.That(meta.Root.End == input.Length + shift, "The root ends at the end.");
        Check(meta.Root, input, shift, 0, input.Length + shift);
    }

    private static void Check(PartView part, ReadOnlySpan<byte> input, int shift, long least, long most)
    {
        Target.That(least <= part.HeaderBegin && part.HeaderBegin <= part.BodyBegin && part.BodyBegin <= part.End && part.End <= most, "Offsets are ordered.");
        var body = input[((int)part.BodyBegin - shift)..((int)part.End - shift)];
        Target.That(part.Kind == PartKind.Multipart || part.Lines == body.Count((byte)'\n'), "Lines are counted.");
        Target.That(part.Kind == PartKind.Leaf == (part.ChildCount == 0), "A leaf has no parts, others have.");
        Target.That(part.Kind != PartKind.Message || part.ChildCount == 1, "A message has one root.");
        var begin = part.BodyBegin;
        foreach (var child in part.Children)
        {
            Target.That(part.Kind != PartKind.Message || child.HeaderBegin == part.BodyBegin && child.End == part.End, "A nested message is the body.");
            Check(child, input, shift, begin, part.End);
            begin = child.End;
        }

        MetaReaderTarget.Touch(part);
    }
}
