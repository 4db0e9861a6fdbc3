namespace Martlet.Server.Observe.Metrics;

/// <summary>The series of one metric: a cell for each combination of label values that has occurred.</summary>
/// <remarks>Thread safe without locks: cells are made once and added to with interlocked instructions. Memory is bounded by the labels' closed sets.</remarks>
internal sealed class MetricSeries(MetricInfo info, bool isObserved)
{
    private readonly MetricCell?[] _cells = new MetricCell?[info.SeriesMax];

    public MetricInfo Info => info;

    /// <summary>Takes a measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var cell = CellOf(tags);
        if (info.Kind == MetricKind.Histogram)
        {
            cell.Record(value);
        }
        else if (isObserved)
        {
            cell.Set(value);
        }
        else
        {
            cell.Add(value);
        }
    }

    /// <summary>Cells that have occurred with the values of their labels, in order.</summary>
    public IEnumerable<(string[] Values, MetricCell Cell)> Cells()
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            if (Volatile.Read(ref _cells[i]) is { } cell)
            {
                yield return (ValuesOf(i), cell);
            }
        }
    }

    // Labels are given in the order of the metric; one that is missing counts as other.
    private MetricCell CellOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var place = 0;
        for (var i = 0; i < info.Labels.Length; i++)
        {
            var label = info.Labels[i];
            place = (place * label.Values.Length) + label.PlaceOf(i < tags.Length ? tags[i].Value : null);
        }

        return Volatile.Read(ref _cells[place]) ?? Make(place);
    }

    private MetricCell Make(int place)
    {
        var made = new MetricCell(info.Kind == MetricKind.Histogram ? MetricInfo.SecondsBounds.Length : -1);
        return Interlocked.CompareExchange(ref _cells[place], made, null) ?? made;
    }

    private string[] ValuesOf(int place)
    {
        var values = new string[info.Labels.Length];
        for (var i = values.Length - 1; i >= 0; i--)
        {
            values[i] = info.Labels[i].Values[place % info.Labels[i].Values.Length];
            place /= info.Labels[i].Values.Length;
        }

        return values;
    }
}

/// <summary>One series: a value, or the buckets of a histogram.</summary>
internal sealed class MetricCell(int bounds)
{
    private readonly long[] _buckets = bounds < 0 ? [] : new long[bounds + 1];
    private double _value;

    /// <summary>The value; of a histogram, the sum.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>Values in a bucket of a histogram; the last one has no bound.</summary>
    public long Bucket(int place) => Interlocked.Read(ref _buckets[place]);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        var before = Volatile.Read(ref _value);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _value, before + value, before);
            if (seen.Equals(before))
            {
                return;
            }

            before = seen;
        }
    }

    public void Record(double value)
    {
        var place = 0;
        while (place < MetricInfo.SecondsBounds.Length && value > MetricInfo.SecondsBounds[place])
        {
            place++;
        }

        Interlocked.Increment(ref _buckets[place]);
        Add(value);
    }
}
