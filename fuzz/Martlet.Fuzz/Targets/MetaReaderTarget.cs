using Martlet.Messages.Mime;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes can be read as stored structure: nothing throws, nothing loops, offsets are ordered.</summary>
public static class MetaReaderTarget
{
    /// <summary>Runs the target once.</summary>
    /// <param name="input">Stored bytes, perhaps corrupted.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (!MessageMeta.TryRead(input, out var meta))
        {
            return;
        }

        Touch(meta.Envelope);
        Walk(meta.Root, 0, long.MaxValue, 1);
        PartPath.TryFind(meta.Root, [1, 2, 1], out _);
        new AddressListView(input).Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    internal static void Touch(PartView part)
    {
        Target.That(!part.Type.IsEmpty, "There is a type.");
        Target.That(part.Kind != PartKind.Leaf || !part.Type.SequenceEqual("multipart"u8), "A leaf is no multipart.");
        Target.That(!part.Id.Value.ContainsAny("\r\n\0"u8) && !part.Description.Value.ContainsAny("\r\n\0"u8), "Values are one line.");
        _ = part.Subtype.Length + part.Md5.Value.Length + part.Location.Value.Length + part.Encoding.Value.Length;
        _ = part.Parameters.Count + part.Disposition.Parameters.Count + part.Disposition.Type.Length + part.Languages.Count;
        _ = part.NestedHeaderRange.Begin + part.NestedTextRange.End;
        Touch(part.Envelope);
    }

    private static void Touch(EnvelopeView envelope)
    {
        _ = envelope.Date.Value.Length + envelope.Subject.Value.Length + envelope.InReplyTo.Value.Length + envelope.MessageId.Value.Length;
        _ = envelope.From.Count + envelope.Sender.Count + envelope.ReplyTo.Count + envelope.To.Count + envelope.Cc.Count + envelope.Bcc.Count;
    }

    private static void Walk(PartView part, long least, long most, int depth)
    {
        Target.That(least <= part.HeaderBegin && part.HeaderBegin <= part.BodyBegin && part.BodyBegin <= part.End && part.End <= most, "Offsets are ordered.");
        Target.That(depth <= MetaCodec.DepthMax && part.Lines >= 0, "Depth and lines are bounded.");
        _ = part.Parameters.Count + part.Languages.Count + part.Type.Length;
        var count = 0;
        foreach (var child in part.Children)
        {
            Walk(child, part.BodyBegin, part.End, depth + 1);
            count++;
        }

        Target.That(count == part.ChildCount && count > 0 == (part.Kind != PartKind.Leaf), "The kind says whether there are parts.");
    }
}
