using System.Buffers.Text;
using System.Text;
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

    /// <summary>Reads the day of a date as it was written, without its time and zone.</summary>
    /// <param name="text">The field's value, unfolded or not.</param>
    /// <param name="day">The day.</param>
    /// <returns>False when it is no date. A date whose time is broken may have a day.</returns>
    public static bool TryParseDay(ReadOnlySpan<byte> text, out DateOnly day)
    {
        if (TryParseUsualDay(text, out day))
        {
            return true;
        }

        var isDate = TryParse(text, out var date);
        day = isDate ? DateOnly.FromDateTime(date.Date) : default;
        return isDate;
    }

    /// <summary><c>[day-name ","] day month year</c> (RFC 5322 §3.3), as nearly all dates begin.</summary>
    private static bool TryParseUsualDay(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        var comma = text[..Math.Min(text.Length, 8)].IndexOf((byte)',');
        text = text[(comma + 1)..].TrimStart(" \t"u8);
        if (!Utf8Parser.TryParse(text, out int day, out var used) || used > 2)
        {
            return false;
        }

        // "1 Feb 2026" and what may follow a year.
        text = text[used..];
        if (text.Length < 9 || text[0] != ' ' || text[4] != ' ' || text.Length > 9 && text[9] is not ((byte)' ' or (byte)'\t')
            || !Utf8Parser.TryParse(text[5..9], out int year, out used) || used != 4)
        {
            return false;
        }

        var month = MonthOf(text.Slice(1, 3));
        var isDay = month > 0 && year > 0 && day > 0 && day <= DateTime.DaysInMonth(year, month);
        date = isDay ? new DateOnly(year, month, day) : default;
        return isDay;
    }

    private static int MonthOf(ReadOnlySpan<byte> name)
    {
        var names = "janfebmaraprmayjunjulaugsepoctnovdec"u8;
        for (var month = 1; month <= 12; month++)
        {
            if (Ascii.EqualsIgnoreCase(name, names.Slice((month - 1) * 3, 3)))
            {
                return month;
            }
        }

        return 0;
    }
}
