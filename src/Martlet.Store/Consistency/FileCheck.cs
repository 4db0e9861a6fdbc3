using System.Globalization;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>The files of message bytes against the emails in them.</summary>
internal sealed class FileCheck(CheckContext context, LiveState? live)
{
    private readonly Dictionary<long, Figures> _segments = [];
    private HashSet<long> _large = [];
    private readonly HashSet<long> _referred = [];

    private sealed class Figures
    {
        public SegmentState? State { get; init; }

        public long FileLength { get; set; } = -1;

        public long Live { get; set; }

        public long End { get; set; }
    }

    public void Load()
    {
        foreach (var state in context.Engine.ReadSegments())
        {
            _segments[state.Segment] = new Figures { State = state };
        }

        foreach (var (segment, length) in context.Blobs.SegmentFiles())
        {
            if (!_segments.TryGetValue(segment, out var figures))
            {
                _segments[segment] = figures = new Figures();
            }

            figures.FileLength = length;
        }

        _large = [.. context.Blobs.LargeFiles()];
    }

    /// <summary>Takes in an email's place.</summary>
    /// <returns>Whether its bytes can be read.</returns>
    public bool Take(AccountId account, EmailId email, in BlobRef blob, string where)
    {
        var complaint = blob.Kind == BlobKind.Large ? TakeLarge(blob) : TakeRecord(blob);
        if (complaint is not null)
        {
            context.Lost(StoreInvariant.Places, where, $"its bytes are lost: {complaint}");
            return false;
        }

        if (context.Depth == CheckDepth.Deep && context.Blobs.Verify(blob, account, email) is { } damage)
        {
            context.Lost(StoreInvariant.Checksums, where, $"its bytes are damaged: {damage}");
            return false;
        }

        return true;
    }

    /// <summary>All emails have been seen.</summary>
    public void Close()
    {
        foreach (var (segment, figures) in _segments)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"segment {segment}");
            if (figures.State is { } state)
            {
                CheckFigures(where, state, figures);
            }
            else if (figures.Live == 0 && figures.FileLength > 0 && segment != live?.OpenSegment)
            {
                // An empty one is a store's first segment, waiting for its first message.
                context.Derived(StoreInvariant.SegmentLengths, where, "the file is not in the database: left by a crash, removed at the next start");
                context.Repair?.RemoveSegment(segment);
            }
            else if (figures.Live > 0)
            {
                context.Derived(StoreInvariant.SegmentFigures, where, $"has no figures, and emails with {figures.Live} bytes are in it");
                context.Repair?.AddToSegment(segment, figures.End, figures.Live);
            }
        }

        if (live is { HasLargeUnderWay: true })
        {
            return; // Sessions write such files before their rows are queued.
        }

        foreach (var number in _large.Where(number => !_referred.Contains(number)).Order())
        {
            context.Derived(StoreInvariant.LargeFiles, string.Create(CultureInfo.InvariantCulture, $"large message {number}"), "no email has this file");
            context.Repair?.RemoveLarge(number);
        }
    }

    private void CheckFigures(string where, in SegmentState state, Figures figures)
    {
        if (figures.FileLength < state.Written)
        {
            context.Lost(
                StoreInvariant.SegmentLengths, where,
                figures.FileLength < 0 ? "the file is missing" : $"the file has {figures.FileLength} bytes, and {state.Written} were committed");
        }

        var written = Math.Max(state.Written, figures.End);
        if (state.Live != figures.Live || written != state.Written)
        {
            context.Derived(
                StoreInvariant.SegmentFigures, where,
                $"counts {state.Live} live bytes of {state.Written}, and emails with {figures.Live} bytes are in it, up to {figures.End}");
            context.Repair?.AddToSegment(state.Segment, written - state.Written, figures.Live - state.Live);
        }
    }

    private string? TakeLarge(in BlobRef blob)
    {
        _referred.Add(blob.File);
        return _large.Contains(blob.File) ? null : string.Create(CultureInfo.InvariantCulture, $"the file of large message {blob.File} is missing");
    }

    private string? TakeRecord(in BlobRef blob)
    {
        if (!_segments.TryGetValue(blob.File, out var figures))
        {
            return string.Create(CultureInfo.InvariantCulture, $"segment {blob.File} is missing");
        }

        var bytes = context.Blobs.RecordBytes(blob.Length);
        figures.Live += bytes;
        figures.End = Math.Max(figures.End, blob.Offset + bytes);
        return blob.Offset + bytes <= figures.FileLength
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"segment {blob.File} ends at {figures.FileLength}, before the end of its record at {blob.Offset}");
    }
}
