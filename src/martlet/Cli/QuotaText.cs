using System.Globalization;

namespace Martlet.Cli;

/// <summary>Limits as people type them: 500MB, 5GB, 100000, none, default.</summary>
internal static class QuotaText
{
    private static readonly (string Unit, long Bytes)[] Units = [("", 1), ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

    /// <summary>Bytes.</summary>
    /// <param name="text">As typed; null when nothing was.</param>
    /// <param name="none">What none means.</param>
    /// <param name="otherwise">What default means; null where there is no default.</param>
    /// <exception cref="UsageException">It is no size.</exception>
    public static long? Size(string? text, long none, long? otherwise = null)
    {
        if (text is null || IsWord(text, otherwise))
        {
            return Word(text, none, otherwise);
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = Array.FindIndex(Units, unit => unit.Unit.Equals(text[digits..], StringComparison.OrdinalIgnoreCase));
        return unit >= 0 && TryNumber(text[..digits], out var count) && count <= long.MaxValue / Units[unit].Bytes
            ? count * Units[unit].Bytes
            : throw new UsageException($"'{text}' is not a size; write it as in 500MB or 5GB, or {Words(otherwise)}.");
    }

    /// <summary>A number of messages.</summary>
    /// <param name="text">As typed; null when nothing was.</param>
    /// <param name="none">What none means.</param>
    /// <param name="otherwise">What default means; null where there is no default.</param>
    /// <exception cref="UsageException">It is no number.</exception>
    public static long? Number(string? text, long none, long? otherwise = null) =>
        text is null || IsWord(text, otherwise) ? Word(text, none, otherwise)
        : TryNumber(text, out var number) ? number
        : throw new UsageException($"'{text}' is not a number of messages above 0; for no limit write {Words(otherwise)}.");

    private static bool IsWord(string text, long? otherwise) => text == "none" || (text == "default" && otherwise is not null);

    private static long? Word(string? text, long none, long? otherwise) => text switch
    {
        null => null,
        "none" => none,
        _ => otherwise,
    };

    private static string Words(long? otherwise) => otherwise is null ? "none" : "none, or default for the server's";

    // 0 is stored for something else, and not what people mean by it.
    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
