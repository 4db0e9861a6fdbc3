namespace Martlet.Protocols.Imap;

/// <summary>The date rules of <see cref="ImapReader"/>.</summary>
public static class ImapReaderDates
{
    private static readonly byte[][] Months =
    [
        [.. "Jan"u8], [.. "Feb"u8], [.. "Mar"u8], [.. "Apr"u8], [.. "May"u8], [.. "Jun"u8],
        [.. "Jul"u8], [.. "Aug"u8], [.. "Sep"u8], [.. "Oct"u8], [.. "Nov"u8], [.. "Dec"u8],
    ];

    extension(ref ImapReader reader)
    {
        /// <summary>date of a search key: <c>1-Feb-1994</c>, with or without quotes. The day must exist in that month.</summary>
        public bool Date(out DateOnly date)
        {
            var isQuoted = reader.TryTake((byte)'"');
            return Day(ref reader, isFixed: false, out date) && (!isQuoted || reader.Byte((byte)'"', "Expected a quote after the date."));
        }

        /// <summary>date-time of APPEND: <c>" 1-Feb-1994 21:52:25 -0800"</c>. The offset is kept.</summary>
        /// <remarks>Second 60 is read as 59. Offsets beyond ±14:00, which no place has, and moments outside of years 1 to 9999 UTC are errors.</remarks>
        public bool DateTime(out DateTimeOffset moment)
        {
            moment = default;
            if (!reader.Byte((byte)'"', "Expected a quoted date and time.")
                || !Day(ref reader, isFixed: true, out var date)
                || !reader.Space()
                || !Digits(ref reader, 2, 2, out var hour) || !reader.Byte((byte)':', "Expected ':' in the time.")
                || !Digits(ref reader, 2, 2, out var minute) || !reader.Byte((byte)':', "Expected ':' in the time.")
                || !Digits(ref reader, 2, 2, out var second)
                || !reader.Space())
            {
                return false;
            }

            var isWest = reader.TryTake((byte)'-');
            if ((!isWest && !reader.Byte((byte)'+', "Expected a zone such as +0000."))
                || !Digits(ref reader, 4, 4, out var zone)
                || !reader.Byte((byte)'"', "Expected a quote after the date and time."))
            {
                return false;
            }

            if (hour > 23 || minute > 59 || second > 60 || zone > 1400 || zone % 100 > 59)
            {
                return reader.Fail("The date and time does not exist.");
            }

            var offset = new TimeSpan(zone / 100, zone % 100, 0);
            offset = isWest ? -offset : offset;
            var local = date.ToDateTime(new TimeOnly(hour, minute, Math.Min(second, 59)), DateTimeKind.Unspecified);
            if (local.Ticks < offset.Ticks || local.Ticks - offset.Ticks > System.DateTime.MaxValue.Ticks)
            {
                return reader.Fail("The date and time does not exist.");
            }

            moment = new DateTimeOffset(local, offset);
            return true;
        }
    }

    private static bool Day(ref ImapReader reader, bool isFixed, out DateOnly date)
    {
        date = default;
        var isPadded = isFixed && reader.TryTake((byte)' ');
        if (!Digits(ref reader, isFixed && !isPadded ? 2 : 1, isPadded ? 1 : 2, out var day)
            || !reader.Byte((byte)'-', "Expected '-' in the date.")
            || !reader.Run(Text.Ascii.Alpha, "Expected a month such as Jan.", out var name)
            || !reader.Byte((byte)'-', "Expected '-' in the date.")
            || !Digits(ref reader, 4, 4, out var year))
        {
            return false;
        }

        var month = 0;
        for (var i = 0; i < Months.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, Months[i]))
            {
                month = i + 1;
            }
        }

        if (month == 0 || year == 0 || day == 0 || day > System.DateTime.DaysInMonth(year, month))
        {
            return reader.Fail("The date does not exist.");
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool Digits(ref ImapReader reader, int min, int max, out int number)
    {
        number = 0;
        if (!reader.Run(Text.Ascii.Digit, "Expected digits in the date.", out var digits))
        {
            return false;
        }

        if (digits.Length < min || digits.Length > max)
        {
            return reader.Fail("The date has too few or too many digits.");
        }

        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
