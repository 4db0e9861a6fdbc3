using System.Net;
using System.Text;

namespace Martlet.Server.Observe.Journal;

/// <summary>Brings texts from outside into the form in which the journal keeps and compares them.</summary>
public static class JournalText
{
    /// <summary>How a string is written within a line.</summary>
    internal static System.Text.Json.Serialization.Metadata.JsonTypeInfo<string> Json { get; } = JournalJson.Line.String;

    /// <summary>A text, cut off where it is too long.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= JournalLimits.TextCharsMax)
        {
            return text;
        }

        // Not between the halves of a character.
        var length = char.IsHighSurrogate(text[JournalLimits.TextCharsMax - 1]) ? JournalLimits.TextCharsMax - 1 : JournalLimits.TextCharsMax;
        return text[..length];
    }

    /// <summary>A Message-ID: without brackets and spaces around them, cut off where it is too long. Empty when there is none.</summary>
    public static string MessageId(ReadOnlySpan<byte> value)
    {
        // As many bytes as can matter; bytes that are no UTF-8 become the replacement character, in the question as in the record.
        var bytes = value.Trim(" \t"u8);
        return MessageId(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, (JournalLimits.TextCharsMax * 4) + 8)]));
    }

    /// <inheritdoc cref="MessageId(ReadOnlySpan{byte})"/>
    public static string MessageId(string value)
    {
        var text = value.AsSpan().Trim();
        text = text.StartsWith("<") ? text[1..] : text;
        // The closing bracket first where comments follow.
        var end = text.IndexOf('>');
        return Cut((end < 0 ? text : text[..end]).Trim().ToString());
    }

    /// <summary>An address of the network.</summary>
    public static string Remote(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
