using MimeKit.Utils;

namespace Martlet.Messages.Headers;

/// <summary>Reads Date fields as leniently as mail needs (RFC 5322 §3.3 and §4.3, and what is found in the wild).</summary>
public static class MessageDate
{
    /// <summary>Longest text looked at, in bytes.</summary>
    public const int BytesMax = 256;

    /// <summary>Reads a date with its zone.</summary>
    /// <param name="text">The field's value, unfolded or not.</param>
    /// <param name="date">The date; an unknown zone is UTC.</param>
    /// <returns>False when it is no date.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        if (text.IsEmpty || text.Length > BytesMax)
        {
            date = default;
            return false;
        }

        return DateUtils.TryParse(text.ToArray(), out date);
    }
}
