using Martlet.Server.Observe.Journal;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes are a file of the journal: reading never fails, a record is written as it is read, and no sentence made of one disturbs a terminal.</summary>
public static class JournalTarget
{
    /// <summary>Runs the target once.</summary>
    /// <param name="input">The file.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var words = new TraceWords(account => account % 2 == 0 ? "ada@example.org" : null);
        var tracks = new List<TraceTrack>();
        foreach (var range in input.Split((byte)'\n'))
        {
            if (JournalLine.Read(input[range]) is not { } record)
            {
                continue;
            }

            var written = JournalLine.Write(record);
            Target.That(written is not null && written.AsSpan().IndexOf((byte)'\n') == written.Length - 1, "A record is one line.");
            Target.That(JournalLine.Read(written.AsSpan(0, written!.Length - 1)) is { } again && JournalLine.Write(again).AsSpan().SequenceEqual(written), "A record stays the same.");
            tracks.Add(new TraceTrack(record, words));
            Target.That(TraceView.Of(record, 2) is not { } own || Own(own), "Nobody sees another's places.");
        }

        var follower = new TraceFollower(tracks, onlyOf: null, words);
        foreach (var range in input.Split((byte)'\n'))
        {
            follower.Take(input[range]);
        }

        foreach (var story in tracks.Select(track => track.ToStory()))
        {
            Target.That(story.Steps.Count <= TraceFinder.StepsMax + (2 * JournalLimits.LineBytesMax), "Steps are bounded.");
            Target.That(IsPlain(story.MessageId) && story.Steps.All(step => IsPlain(step.Text)), "Sentences have no control characters.");
        }
    }

    private static bool Own(JournalRecord record) =>
        (record.Places ?? []).All(place => place.Account == 2) && (record.LoginAccount == 2 || (record.Login is null && (record.Recipients ?? []).All(recipient => recipient.Accounts is [2])));

    private static bool IsPlain(string text) => !text.Any(character => char.IsControl(character) || character is '\u202e' or '\u2028' or '\u2029');
}
