using Martlet.Messages.Files;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// Any bytes are an archive: reading ends, with entries or a fault that says so, the same for a stream that seeks and one that does not; and paths in it never point
/// anywhere.
/// </summary>
public static class ArchiveTarget
{
    private const int EntriesMax = 2000;
    private const int BytesMax = 1 << 22;

    /// <summary>Runs one input as a tar file.</summary>
    public static void RunTar(ReadOnlySpan<byte> input)
    {
        var file = input.ToArray();
        var whole = Read(new TarReader(new MemoryStream(file)));
        Target.That(whole.SequenceEqual(Read(new TarReader(new Forwards(file)))), "A stream that cannot seek has the same entries.");
        _ = TarReader.IsTar(input);
    }

    /// <summary>Runs one input as a zip file.</summary>
    public static void RunZip(ReadOnlySpan<byte> input)
    {
        var file = new MemoryStream(input.ToArray());
        _ = ZipReader.IsZip(input);
        ZipReader reader;
        try
        {
            reader = Wait(ZipReader.OpenAsync(file, CancellationToken.None));
        }
        catch (InvalidDataException)
        {
            return;
        }

        _ = Read(reader);
    }

    private static List<string> Read(ArchiveReader reader)
    {
        var all = new List<string>();
        var buffer = new byte[4096];
        var bytes = 0;
        try
        {
            while (all.Count < EntriesMax && bytes < BytesMax && Wait(reader.NextAsync(CancellationToken.None).AsTask()) is { } entry)
            {
                Target.That(entry.Path.Length <= ArchiveReader.PathBytesMax && entry.Length >= 0, "Names and lengths are bounded.");
                Target.That(entry.Kind is ArchiveEntryKind.File or ArchiveEntryKind.Folder || entry.Problem is not null, "What cannot be read says why.");
                var length = 0;
                try
                {
                    int count;
                    while (bytes < BytesMax && (count = Wait(reader.ReadAsync(buffer, CancellationToken.None).AsTask())) > 0)
                    {
                        (length, bytes) = (length + count, bytes + count);
                    }

                    all.Add($"{entry.Path} {entry.Kind} {entry.Date:O} {length}");
                }
                catch (ArchiveEntryException)
                {
                    all.Add($"{entry.Path} damaged");
                }
            }
        }
        catch (InvalidDataException)
        {
            all.Add("broken");
        }

        return all;
    }

#pragma warning disable VSTHRD002 // The streams are in memory: nothing here ever waits.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private sealed class Forwards(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(100, buffer.Length)], cancellationToken);
    }
}
