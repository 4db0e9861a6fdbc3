namespace Martlet.Messages.Files;

/// <summary>What an entry of an archive is.</summary>
public enum ArchiveEntryKind
{
    /// <summary>A file with content.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic or hard link: it is never followed.</summary>
    Link,

    /// <summary>Something that cannot be read as a file; <see cref="ArchiveEntry.Problem"/> says why.</summary>
    Other,
}

/// <summary>An entry of an archive.</summary>
/// <param name="Path">Its name as the archive has it: nothing is said about where it points.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Bytes of its content, as the archive claims.</param>
/// <param name="Date">When the file was last changed; null when unknown.</param>
public sealed record ArchiveEntry(string Path, ArchiveEntryKind Kind, long Length, DateTimeOffset? Date)
{
    /// <summary>Why the content cannot be read; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the date is to the second and knows its time zone; the old dates of zip files are not.</summary>
    public bool IsDateExact { get; init; } = true;
}

/// <summary>One entry of an archive cannot be read; those after it can.</summary>
public sealed class ArchiveEntryException : Exception
{
    /// <summary>Makes one.</summary>
    public ArchiveEntryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>Reads an archive entry by entry; memory does not depend on what is in it.</summary>
/// <remarks>Used by one task. An archive comes from anybody: each length in it is a claim.</remarks>
public abstract class ArchiveReader
{
    /// <summary>Longest path of an entry, in bytes.</summary>
    public const int PathBytesMax = 4096;

    /// <summary>The next entry; content of the one before that was not read is passed over.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="InvalidDataException">The archive is broken; nothing more can be read.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public abstract ValueTask<ArchiveEntry?> NextAsync(CancellationToken cancel);

    /// <summary>Reads content of the current entry.</summary>
    /// <returns>0 at its end.</returns>
    /// <exception cref="ArchiveEntryException">The entry is broken; others can still be read.</exception>
    /// <exception cref="InvalidDataException">The archive is broken.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel);
}

/// <summary>Writes an archive entry by entry; memory does not depend on what is in it.</summary>
public abstract class ArchiveWriter
{
    /// <summary>Whether the length of a file must be known before its content.</summary>
    public abstract bool NeedsLength { get; }

    /// <summary>Puts a folder in.</summary>
    /// <param name="path">Path without a slash at the end.</param>
    /// <param name="date">Its date.</param>
    /// <param name="cancel">Gives up.</param>
    public abstract ValueTask AddFolderAsync(string path, DateTimeOffset date, CancellationToken cancel);

    /// <summary>Begins a file.</summary>
    /// <param name="path">Path with / between its parts.</param>
    /// <param name="date">When it was last changed; fractions of a second are dropped.</param>
    /// <param name="length">Exactly how many bytes will be written when the format needs that, otherwise about how many.</param>
    /// <param name="cancel">Gives up.</param>
    public abstract ValueTask BeginFileAsync(string path, DateTimeOffset date, long length, CancellationToken cancel);

    /// <summary>Writes content of the file.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Ends the file.</summary>
    public abstract ValueTask EndFileAsync(CancellationToken cancel);

    /// <summary>Ends the archive and flushes the stream.</summary>
    public abstract ValueTask FinishAsync(CancellationToken cancel);
}
