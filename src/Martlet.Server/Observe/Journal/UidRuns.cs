using System.Globalization;
using System.Text;
using Martlet.Store.Model;

namespace Martlet.Server.Observe.Journal;

/// <summary>
/// UIDs of a bulk change in one line: <c>1:1000,1002</c>, and where they have others in another mailbox, <c>1:1000&gt;5001,1002&gt;6001</c>: runs that count up on
/// both sides.
/// </summary>
internal static class UidRuns
{
    /// <summary>Writes UIDs, in pieces of so many runs.</summary>
    /// <param name="from">UIDs.</param>
    /// <param name="to">Their UIDs in the other mailbox, pairwise; null for none.</param>
    /// <param name="runsMax">Runs of a piece.</param>
    public static IEnumerable<string> Write(IReadOnlyList<Uid> from, IReadOnlyList<Uid>? to, int runsMax)
    {
        var text = new StringBuilder();
        var runs = 0;
        for (var i = 0; i < from.Count;)
        {
            var length = 1;
            while (i + length < from.Count && from[i + length].Value == from[i].Value + length && (to is null || to[i + length].Value == to[i].Value + length))
            {
                length++;
            }

            if (runs == runsMax)
            {
                yield return text.ToString();
                text.Clear();
                runs = 0;
            }

            text.Append(runs++ > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{from[i].Value}");
            if (length > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $":{from[i].Value + length - 1}");
            }

            if (to is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $">{to[i].Value}");
            }

            i += length;
        }

        if (runs > 0)
        {
            yield return text.ToString();
        }
    }

    /// <summary>Reads runs, up to the first thing that is not one.</summary>
    public static List<UidRun> Read(string text)
    {
        var runs = new List<UidRun>();
        foreach (var part in text.AsSpan().Split(','))
        {
            if (!TryRead(text.AsSpan()[part], out var run))
            {
                break;
            }

            runs.Add(run);
        }

        return runs;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out UidRun run)
    {
        run = default;
        var arrow = text.IndexOf('>');
        uint to = 0;
        if (arrow >= 0 && !uint.TryParse(text[(arrow + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out to))
        {
            return false;
        }

        var range = arrow < 0 ? text : text[..arrow];
        var colon = range.IndexOf(':');
        if (!uint.TryParse(colon < 0 ? range : range[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            return false;
        }

        var last = first;
        if (colon >= 0 && !uint.TryParse(range[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last))
        {
            return false;
        }

        run = new UidRun(first, last, to);
        // The UIDs on the other side must be numbers too.
        return first <= last && last - first <= uint.MaxValue - to;
    }
}

/// <summary>UIDs that count up.</summary>
/// <param name="First">First one.</param>
/// <param name="Last">Last one.</param>
/// <param name="To">UID of the first one in the other mailbox; 0 for none.</param>
internal readonly record struct UidRun(uint First, uint Last, uint To)
{
    /// <summary>Whether it names a UID.</summary>
    public bool Has(uint uid) => uid >= First && uid <= Last;

    /// <summary>UID in the other mailbox.</summary>
    public uint ToOf(uint uid) => To + (uid - First);
}
