using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>Reads the separator line of an mbox file (RFC 4155 appendix A): <c>From someone@example.org Thu Aug 22 13:52:59 2002</c>.</summary>
public static class MboxDate
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Finds the date in a separator line.</summary>
    /// <param name="line">From <c>From </c> on; the line end may be there.</param>
    /// <param name="date">In UTC where no zone offset is given, as RFC 4155 says; zone names are not interpreted.</param>
    /// <returns>False when the line is no separator: it must begin with <c>From </c> and hold a time and a year.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out DateTimeOffset date)
    {
        date = default;
        if (!line.StartsWith("From "u8) || line.Length > MboxReader.SeparatorBytesMax)
        {
            return false;
        }

        // asctime: [weekday] month day hh:mm[:ss] [zone] year [zone]. The sender may hold spaces, so the time is looked for first.
        var words = Encoding.Latin1.GetString(line).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var time = Array.FindIndex(words, 1, word => word.Length is 5 or 8 && word[2] == ':' && TryTime(word, out _));
        if (time < 3 || !TryTime(words[time], out var clock) || !TryMonthAndDay(words[time - 2], words[time - 1], out var month, out var day))
        {
            return false;
        }

        var offset = TimeSpan.Zero;
        var year = 0;
        foreach (var word in words.AsSpan(time + 1))
        {
            if (word is [>= '0' and <= '9', _, _, _] && year == 0)
            {
                _ = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out year);
            }
            else if (word is ['+' or '-', _, _, _, _] && int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var zone)
                && zone / 100 <= 14 && zone % 100 < 60)
            {
                offset = new TimeSpan(zone / 100, zone % 100, 0) * (word[0] == '-' ? -1 : 1);
            }
        }

        if (year is < 1900 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month) || offset.Duration() > TimeSpan.FromHours(14))
        {
            return false;
        }

        date = new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + clock, offset);
        return true;
    }

    private static bool TryTime(string word, out TimeSpan time)
    {
        time = default;
        var seconds = 0;
        if (!int.TryParse(word.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(word.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || word.Length == 8 && (word[5] != ':' || !int.TryParse(word.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
            || hours > 23 || minutes > 59 || seconds > 60)
        {
            return false;
        }

        time = new TimeSpan(hours, minutes, Math.Min(seconds, 59));
        return true;
    }

    /// <summary>"Aug 22", as asctime has it, or "22 Aug".</summary>
    private static bool TryMonthAndDay(string first, string second, out int month, out int day)
    {
        month = Month(first);
        var number = month > 0 ? second : first;
        month = month > 0 ? month : Month(second);
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out day) & month > 0;
    }

    private static int Month(string word) => Array.FindIndex(Months, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) + 1;
}
