using System.Globalization;
using System.Text;
using Martlet.Messages.Mime;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>Scans text and shows structures as text, so that a test says all of the result in a few lines.</summary>
internal static class Structures
{
    public static MessageStructure Scan(ReadOnlySpan<byte> message, MimeLimits? limits = null, int chunk = int.MaxValue)
    {
        var scanner = new MimeScanner(limits ?? MimeLimits.Default);
        while (!message.IsEmpty)
        {
            var piece = message[..Math.Min(chunk, message.Length)];
            scanner.Feed(piece);
            message = message[piece.Length..];
        }

        return scanner.Finish();
    }

    public static byte[] Encode(string message, MimeLimits? limits = null) => Scan(Wire(message), limits).Encode(0);

    /// <summary>The bytes of a raw string, with CRLF line ends, one byte a character.</summary>
    public static byte[] Wire(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>One line a part, indented: kind, type, header-begin:body-begin:end, lines.</summary>
    public static string Tree(string message, MimeLimits? limits = null) => Tree(Encode(message, limits));

    public static string Tree(ReadOnlySpan<byte> encoded)
    {
        Assert.True(MessageMeta.TryRead(encoded, out var meta));
        var output = new StringBuilder();
        Tree(meta.Root, 0, output);
        return output.ToString().TrimEnd('\n');
    }

    /// <summary>One line a part, indented: kind, type, and the body of a leaf.</summary>
    public static List<string> Bodies(string message, MimeLimits? limits = null) => Bodies(Wire(message), limits);

    public static List<string> Bodies(byte[] message, MimeLimits? limits = null)
    {
        Assert.True(MessageMeta.TryRead(Scan(message, limits).Encode(0), out var meta));
        var lines = new List<string>();
        Bodies(meta.Root, 0, message, lines);
        return lines;
    }

    public static string Text(this OptionalBytes bytes) => bytes.IsPresent ? Encoding.Latin1.GetString(bytes.Value) : "NIL";

    public static string Text(this ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Addresses as name|mailbox|host, with commas between; NIL where absent.</summary>
    public static string Text(this AddressListView list)
    {
        var all = new List<string>();
        foreach (var address in list)
        {
            all.Add($"{address.Name.Text()}|{address.Mailbox.Text()}|{address.Host.Text()}");
        }

        return string.Join(", ", all);
    }

    public static string Text(this ParameterListView list)
    {
        var all = new List<string>();
        foreach (var parameter in list)
        {
            all.Add($"{parameter.Name.Text()}={parameter.Value.Text()}");
        }

        return string.Join("; ", all);
    }

    private static void Bodies(PartView part, int depth, byte[] message, List<string> lines)
    {
        var body = part.Kind == PartKind.Leaf ? $" '{Encoding.Latin1.GetString(message, (int)part.BodyBegin, (int)(part.End - part.BodyBegin))}'" : "";
        lines.Add($"{new string(' ', depth * 2)}{part.Kind} {part.Type.Text()}/{part.Subtype.Text()}{body}");
        foreach (var child in part.Children)
        {
            Bodies(child, depth + 1, message, lines);
        }
    }

    private static void Tree(PartView part, int depth, StringBuilder output)
    {
        output.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{part.Kind} {part.Type.Text()}/{part.Subtype.Text()} ")
            .Append(CultureInfo.InvariantCulture, $"{part.HeaderBegin}:{part.BodyBegin}:{part.End} {part.Lines}\n");
        foreach (var child in part.Children)
        {
            Tree(child, depth + 1, output);
        }
    }
}
