using System.Buffers.Binary;

namespace Martlet.Messages.Files;

/// <summary>Records of the zip format (PKWARE APPNOTE 6.3) that reader and writer share.</summary>
internal static class ZipRecords
{
    public const uint LocalMark = 0x04034B50;
    public const uint DescriptorMark = 0x08074B50;
    public const uint CentralMark = 0x02014B50;
    public const uint EndMark = 0x06054B50;
    public const uint End64Mark = 0x06064B50;
    public const uint Locator64Mark = 0x07064B50;
    public const int LocalBytes = 30;
    public const int CentralBytes = 46;
    public const int EndBytes = 22;
    public const int End64Bytes = 56;
    public const int Locator64Bytes = 20;
    public const ushort Stored = 0;
    public const ushort Deflated = 8;
    public const ushort Extra64 = 0x0001;
    public const ushort ExtraTime = 0x5455;

    /// <summary>The date of old: two bytes of day, two of time in steps of two seconds. Taken for UTC.</summary>
    public static DateTimeOffset? FromDos(ushort day, ushort time)
    {
        var (year, month, date) = (1980 + (day >> 9), (day >> 5) & 15, day & 31);
        var (hour, minute, second) = (time >> 11, (time >> 5) & 63, (time & 31) * 2);
        return month is >= 1 and <= 12 && date >= 1 && date <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTimeOffset(year, month, date, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    /// <summary>The date of old for a date.</summary>
    public static (ushort Day, ushort Time) ToDos(DateTimeOffset date)
    {
        var utc = date.ToUniversalTime();
        return utc.Year is < 1980 or > 2107
            ? ((ushort)((1 << 5) | 1), (ushort)0)
            : ((ushort)(((utc.Year - 1980) << 9) | (utc.Month << 5) | utc.Day), (ushort)((utc.Hour << 11) | (utc.Minute << 5) | (utc.Second / 2)));
    }

    /// <summary>Finds an extra field.</summary>
    public static ReadOnlySpan<byte> Extra(ReadOnlySpan<byte> fields, ushort id)
    {
        while (fields.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]);
            if (length > fields.Length - 4)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(fields) == id)
            {
                return fields.Slice(4, length);
            }

            fields = fields[(4 + length)..];
        }

        return [];
    }
}
