namespace Martlet.Server.Observe.Journal;

/// <summary>A journey while it is put together: its steps, and where copies of the message are by now.</summary>
internal sealed class TraceTrack
{
    private readonly JournalRecord _record;
    private readonly List<TraceStep> _steps;
    private int _moreSteps;

    public TraceTrack(JournalRecord record, TraceWords words)
    {
        _record = record;
        _steps = [.. words.Begin(record)];
    }

    /// <summary>Where it was put.</summary>
    public IReadOnlyList<JournalPlace> Places => _record.Places ?? [];

    /// <summary>Copies that are followed.</summary>
    public int Copies { get; set; }

    /// <summary>Adds a step.</summary>
    public void Add(TraceStep step)
    {
        if (_steps.Count < TraceFinder.StepsMax)
        {
            _steps.Add(step);
        }
        else
        {
            _moreSteps++;
        }
    }

    /// <summary>The journey.</summary>
    public TraceStory ToStory() =>
        new(TraceWords.Clean(_record.MessageId ?? ""), _record.Kind, DateTimeOffset.FromUnixTimeMilliseconds(_record.Time), _steps) { MoreSteps = _moreSteps };
}
