namespace Martlet.Messages.Files;

/// <summary>Writes tar files: POSIX ustar, with pax headers where names, lengths or dates need them. The stream is written once, forwards.</summary>
public sealed class TarWriter(Stream output) : ArchiveWriter
{
    private static readonly byte[] Zeros = new byte[2 * TarHeader.Bytes];
    private long _left;
    private long _padding;

    /// <inheritdoc/>
    public override bool NeedsLength => true;

    /// <inheritdoc/>
    public override ValueTask AddFolderAsync(string path, DateTimeOffset date, CancellationToken cancel) =>
        output.WriteAsync(TarHeader.Format(path + "/", '5', 0, date), cancel);

    /// <inheritdoc/>
    public override ValueTask BeginFileAsync(string path, DateTimeOffset date, long length, CancellationToken cancel)
    {
        _left = length;
        _padding = TarHeader.Padded(length) - length;
        return output.WriteAsync(TarHeader.Format(path, '0', length, date), cancel);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _left -= bytes.Length;
        return _left >= 0 ? output.WriteAsync(bytes, cancel) : throw new InvalidOperationException("More content than was announced.");
    }

    /// <inheritdoc/>
    public override ValueTask EndFileAsync(CancellationToken cancel) => _left == 0
        ? output.WriteAsync(Zeros.AsMemory(0, (int)_padding), cancel)
        : throw new InvalidOperationException("Less content than was announced.");

    /// <inheritdoc/>
    public override async ValueTask FinishAsync(CancellationToken cancel)
    {
        await output.WriteAsync(Zeros, cancel);
        await output.FlushAsync(cancel);
    }
}
