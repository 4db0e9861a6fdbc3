using System.Globalization;
using Martlet.Store.Model;

namespace Martlet.Web.Admin;

/// <summary>Limits as people write them into forms: 500 MB, 5GB, 100000, none, default.</summary>
internal static class LimitText
{
    /// <summary>What was written when nobody was: the same words are shown in the form.</summary>
    public const string Default = "default";

    /// <summary>No limit.</summary>
    public const string None = "none";

    private static readonly (string Unit, long Bytes)[] Units = [("", 1), ("B", 1), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

    /// <summary>Reads bytes of an account: 0 for the default, -1 for none.</summary>
    public static long? Bytes(string text) => Word(text) ?? Count(text, Units);

    /// <summary>Reads a number of messages of an account, the same.</summary>
    public static long? Messages(string text) => Word(text) ?? Count(text, Units[..1]);

    /// <summary>Writes bytes so that <see cref="Bytes"/> reads the same.</summary>
    public static string OfBytes(long? limit)
    {
        if (limit is not { } bytes)
        {
            return None;
        }

        var (unit, size) = Units.Last(unit => bytes % unit.Bytes == 0 && unit.Unit != "B");
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size} {unit}").TrimEnd();
    }

    /// <summary>Writes a number of messages.</summary>
    public static string OfMessages(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static long? Word(string text) => text.Trim().ToLowerInvariant() switch
    {
        Default or "" => 0,
        None => QuotaLimits.None,
        _ => null,
    };

    private static long? Count(string text, (string Unit, long Bytes)[] units)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        var digits = plain.TakeWhile(char.IsAsciiDigit).Count();
        var unit = Array.FindIndex(units, unit => unit.Unit.Equals(plain[digits..], StringComparison.OrdinalIgnoreCase));
        return unit >= 0 && long.TryParse(plain.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= long.MaxValue / units[unit].Bytes
            ? number * units[unit].Bytes
            : null;
    }
}
