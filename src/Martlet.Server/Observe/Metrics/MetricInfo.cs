using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Martlet.Server.Observe.Metrics;

/// <summary>What a metric counts or measures.</summary>
public enum MetricKind
{
    /// <summary>Only grows, from 0 at the start of the server.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>How often values up to certain bounds occurred, their number and sum.</summary>
    Histogram,
}

/// <summary>A metric: a row from which the instrument, its series and its entry in the manual come.</summary>
/// <param name="Name">Name with dots, without unit: martlet.imap.command.duration.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Unit"><c>s</c>, <c>By</c>, or what is counted in braces: <c>{message}</c>.</param>
/// <param name="About">What it tells, one sentence.</param>
/// <param name="Labels">Labels, in the order in which values are given.</param>
public sealed record MetricInfo(string Name, MetricKind Kind, string Unit, string About, params ImmutableArray<MetricLabel> Labels)
{
    /// <summary>Upper bounds of the buckets of a histogram of seconds.</summary>
    public static readonly ImmutableArray<double> SecondsBounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>How many series it can have at most: labels have closed sets of values.</summary>
    public int SeriesMax => Labels.Aggregate(1, static (product, label) => product * label.Values.Length);
}

/// <summary>A label with all values it can have. Never an address, a name or anything else that peers choose.</summary>
public sealed class MetricLabel
{
    /// <summary>In the place of a value that is none of the label's.</summary>
    public const string Other = "other";

    private readonly FrozenDictionary<string, int> _places;

    /// <summary>Makes one.</summary>
    /// <param name="name">Name: letters and underscores.</param>
    /// <param name="values">All values; "other" is one more.</param>
    public MetricLabel(string name, IEnumerable<string> values)
    {
        Name = name;
        Values = [.. values.Where(value => value != Other).Append(Other)];
        _places = Values.Select((value, place) => KeyValuePair.Create(value, place)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>All values, the last one is <see cref="Other"/>.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>What stands for the values in the manual, where they are not fixed words; null to list them.</summary>
    public string? Shown { get; init; }

    /// <summary>Place of a value in <see cref="Values"/>.</summary>
    public int PlaceOf(object? value) => value is string text && _places.TryGetValue(text, out var place) ? place : Values.Length - 1;
}
