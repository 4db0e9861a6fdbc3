using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>Reads tar files: POSIX ustar and pax, and the long names and large numbers of GNU tar. The stream is read once, forwards.</summary>
public sealed class TarReader(Stream file) : ArchiveReader
{
    /// <summary>Longest extended header, in bytes: names and a few numbers.</summary>
    public const int ExtendedBytesMax = 64 * 1024;

    private readonly byte[] _block = new byte[TarHeader.Bytes];
    private readonly byte[] _waste = new byte[16 * 1024];
    private long _left;
    private long _padding;

    /// <summary>Whether a file that begins like this is a tar file.</summary>
    /// <param name="head">At least its first 512 bytes.</param>
    public static bool IsTar(ReadOnlySpan<byte> head) => TarHeader.IsValid(head) || (head.Length >= TarHeader.Bytes && !head[..TarHeader.Bytes].ContainsAnyExcept((byte)0));

    /// <inheritdoc/>
    public override async ValueTask<ArchiveEntry?> NextAsync(CancellationToken cancel)
    {
        string? path = null;
        long? length = null;
        DateTimeOffset? date = null;
        var isSparse = false;
        while (true)
        {
            await PassAsync(_left + _padding, cancel);
            _left = _padding = 0;
            if (!await FillAsync(_block, cancel) || !_block.AsSpan().ContainsAnyExcept((byte)0))
            {
                return null;
            }

            if (!TarHeader.IsValid(_block) || !TarHeader.TryNumber(_block.AsSpan(124, 12), out var claimed) || claimed < 0 || claimed > long.MaxValue - TarHeader.Bytes)
            {
                throw new InvalidDataException("it is not a tar file from here on, or a damaged one.");
            }

            var type = (char)_block[156];
            if (type is 'x' or 'L')
            {
                Expect(claimed);
                var extended = claimed <= ExtendedBytesMax ? new byte[claimed] : throw new InvalidDataException("an extended header is too long.");
                for (var at = 0; at < extended.Length;)
                {
                    var count = await ReadAsync(extended.AsMemory(at), cancel);
                    at = count > 0 ? at + count : throw Cut();
                }

                if (type == 'L')
                {
                    path = TarHeader.Text(extended);
                }
                else
                {
                    ReadExtended(extended, ref path, ref length, ref date, ref isSparse);
                }

                continue;
            }

            // Extended headers for all that follow, long names of links: nothing of them is of use.
            if (type is 'g' or 'K')
            {
                Expect(claimed);
                continue;
            }

            var size = type is '1' or '2' or '3' or '4' or '5' or '6' ? 0 : length ?? claimed;
            Expect(size);
            date ??= TarHeader.TryNumber(_block.AsSpan(136, 12), out var seconds) ? ToDate(seconds) : null;
            return Entry(path ?? TarHeader.Name(_block), isSparse ? 'S' : type, size, date);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var count = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancel);
        _left = count > 0 ? _left - count : throw Cut();
        return count;
    }

    private static ArchiveEntry Entry(string path, char type, long size, DateTimeOffset? date)
    {
        if (path.Length > PathBytesMax)
        {
            return new ArchiveEntry(path[..100], ArchiveEntryKind.Other, size, date) { Problem = $"its name is longer than {PathBytesMax} characters" };
        }

        return type switch
        {
            '0' or '\0' or '7' => new ArchiveEntry(path, path.EndsWith('/') ? ArchiveEntryKind.Folder : ArchiveEntryKind.File, size, date),
            '5' => new ArchiveEntry(path, ArchiveEntryKind.Folder, 0, date),
            '1' => new ArchiveEntry(path, ArchiveEntryKind.Link, 0, date) { Problem = "it is a hard link to another file of the archive; pack it again with tar --hard-dereference" },
            '2' => new ArchiveEntry(path, ArchiveEntryKind.Link, 0, date) { Problem = "it is a link, and links are not followed" },
            'S' => new ArchiveEntry(path, ArchiveEntryKind.Other, size, date) { Problem = "it is a sparse file" },
            _ => new ArchiveEntry(path, ArchiveEntryKind.Other, size, date) { Problem = "it is not a file" },
        };
    }

    private static void ReadExtended(ReadOnlySpan<byte> records, ref string? path, ref long? length, ref DateTimeOffset? date, ref bool isSparse)
    {
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var recordLength)
                || recordLength <= space + 1 || recordLength > records.Length || records[recordLength - 1] != '\n')
            {
                throw new InvalidDataException("an extended header is damaged.");
            }

            var record = records[(space + 1)..(recordLength - 1)];
            records = records[recordLength..];
            var equals = record.IndexOf((byte)'=');
            var key = Encoding.Latin1.GetString(record[..Math.Max(0, equals)]);
            var value = record[(equals + 1)..];
            switch (key)
            {
                case "path":
                    path = TarHeader.Text(value);
                    break;
                case "size":
                    length = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= long.MaxValue - TarHeader.Bytes
                        ? size
                        : throw new InvalidDataException("an extended header is damaged.");
                    break;
                case "mtime":
                    var point = value.IndexOf((byte)'.');
                    date = long.TryParse(point < 0 ? value : value[..point], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? ToDate(seconds) : date;
                    break;
                default:
                    isSparse |= key.StartsWith("GNU.sparse.", StringComparison.Ordinal);
                    break;
            }
        }
    }

    private static DateTimeOffset? ToDate(long seconds) => seconds is > -62_135_596_800 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static InvalidDataException Cut() => new("it ends in the middle of a file.");

    private void Expect(long length)
    {
        _left = length;
        _padding = TarHeader.Padded(length) - length;
    }

    private async ValueTask PassAsync(long length, CancellationToken cancel)
    {
        if (length > _waste.Length && file.CanSeek)
        {
            _ = length <= file.Length - file.Position ? file.Seek(length, SeekOrigin.Current) : throw Cut();
            return;
        }

        while (length > 0)
        {
            var count = await file.ReadAsync(_waste.AsMemory(0, (int)Math.Min(length, _waste.Length)), cancel);
            length = count > 0 ? length - count : throw Cut();
        }
    }

    /// <returns>False at the end of the file, before the first byte.</returns>
    private async ValueTask<bool> FillAsync(Memory<byte> block, CancellationToken cancel)
    {
        var at = 0;
        while (at < block.Length)
        {
            var count = await file.ReadAsync(block[at..], cancel);
            if (count == 0)
            {
                return at == 0 ? false : throw Cut();
            }

            at += count;
        }

        return true;
    }
}
