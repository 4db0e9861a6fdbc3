using System.Globalization;

namespace Martlet.Protocols.Smtp.Client;

/// <summary>An enhanced status as a server sent it (RFC 3463 §2): 2, 4 or 5, and two numbers up to 999.</summary>
/// <param name="Class">First number; the same as the first digit of the reply code.</param>
/// <param name="Subject">Second number.</param>
/// <param name="Detail">Third number.</param>
public readonly record struct ReplyStatus(int Class, int Subject, int Detail)
{
    private const int DigitsMax = 3;

    /// <summary>Reads the status at the front of a reply's text (RFC 2034 §4).</summary>
    /// <param name="text">What follows the reply code; without the status and the space behind it afterwards.</param>
    /// <param name="code">Reply code; a status of another class is text.</param>
    /// <param name="status">The status.</param>
    public static bool TryTake(ref ReadOnlySpan<char> text, int code, out ReplyStatus status)
    {
        status = default;
        var rest = text;
        if (!TryNumber(ref rest, '.', out var first) || !TryNumber(ref rest, '.', out var subject) || !TryNumber(ref rest, ' ', out var detail))
        {
            return false;
        }

        status = new ReplyStatus(first, subject, detail);
        if (first is not (2 or 4 or 5) || first != code / 100)
        {
            return false;
        }

        text = rest;
        return true;
    }

    /// <summary>As it is written: 5.1.1.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    // A number and what ends it; the end of the text ends it like a space.
    private static bool TryNumber(ref ReadOnlySpan<char> rest, char end, out int number)
    {
        var length = rest.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? rest.Length : length;
        number = 0;
        if (length is 0 or > DigitsMax || (length < rest.Length ? rest[length] != end : end != ' '))
        {
            return false;
        }

        number = int.Parse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[Math.Min(length + 1, rest.Length)..];
        return true;
    }
}
