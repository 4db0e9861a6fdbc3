using System.Text.Json;

namespace Martlet.Server.Observe.Journal;

/// <summary>A line of the file. Whatever is in it, reading never fails: what is no record is none.</summary>
public static class JournalLine
{
    /// <summary>Writes a record with its line end.</summary>
    /// <returns>Null when the line would be too long.</returns>
    public static byte[]? Write(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Line.JournalRecord);
        if (json.Length >= JournalLimits.LineBytesMax)
        {
            return null;
        }

        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        return json;
    }

    /// <summary>Reads a line without its end.</summary>
    /// <returns>Null when it is not a record: torn, damaged, or of a newer program.</returns>
    public static JournalRecord? Read(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line.Length > JournalLimits.LineBytesMax || line[0] != '{' || line[^1] != '}')
        {
            return null;
        }

        try
        {
            var record = JsonSerializer.Deserialize(line, JournalJson.Line.JournalRecord);
            return record is { Kind.Length: > 0 } && IsWhole(record) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // JSON's null can stand where the types here have none.
    private static bool IsWhole(JournalRecord record) =>
        record.Time is >= 0 and < 253_402_300_799_000
        && (record.Recipients?.All(static recipient => recipient is { Address: not null }) ?? true)
        && (record.Places?.All(static place => place is { Name: not null }) ?? true);
}
