using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Martlet.Messages.Files;
using Xunit;
using TarReader = Martlet.Messages.Files.TarReader;
using TarWriter = Martlet.Messages.Files.TarWriter;

namespace Martlet.Libraries.Tests.Messages.Files;

/// <summary>Tar and zip, against what we write ourselves and what the class library writes and reads.</summary>
public sealed class ArchiveTests
{
    private static readonly DateTimeOffset Date = new(2002, 8, 22, 13, 52, 59, TimeSpan.Zero);

    private static readonly (string Path, byte[]? Content, DateTimeOffset Date)[] Entries =
    [
        ("folder", null, Date),
        ("folder/empty", [], Date),
        ("folder/small", "hello"u8.ToArray(), Date),
        ("folder/" + new string('x', 200), [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i >> 3))], new DateTimeOffset(1969, 1, 1, 0, 0, 1, TimeSpan.Zero)),
        ("ordner/grün-日本", new byte[512], new DateTimeOffset(2037, 1, 1, 0, 0, 0, TimeSpan.Zero)),
    ];

    [Fact]
    public async Task A_tar_file_is_read_as_it_was_written()
    {
        var file = await WriteAsync(stream => new TarWriter(stream));
        await ExpectAsync(new TarReader(new MemoryStream(file)));
        await ExpectAsync(new TarReader(new Trickle(file)));
        Assert.True(TarReader.IsTar(file));
    }

    [Fact]
    public async Task A_zip_file_is_read_as_it_was_written()
    {
        var file = await WriteAsync(stream => new ZipWriter(stream, new MemoryStream()));
        await ExpectAsync(await ZipReader.OpenAsync(new MemoryStream(file), TestContext.Current.CancellationToken));
        Assert.True(ZipReader.IsZip(file));
    }

    [Fact]
    public async Task The_class_library_reads_our_files()
    {
        var tar = new System.Formats.Tar.TarReader(new MemoryStream(await WriteAsync(stream => new TarWriter(stream))));
        foreach (var (path, content, date) in Entries)
        {
            var entry = (await tar.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken))!;
            Assert.Equal((path, date), (entry.Name.TrimEnd('/'), entry.ModificationTime));
            Assert.Equal(content?.Length ?? 0, entry.Length);
        }

        await using var zip = new ZipArchive(new MemoryStream(await WriteAsync(stream => new ZipWriter(stream, new MemoryStream()))), ZipArchiveMode.Read);
        Assert.Equal(Entries.Length, zip.Entries.Count);
        foreach (var ((path, content, _), entry) in Entries.Zip(zip.Entries))
        {
            Assert.Equal(path, entry.FullName.TrimEnd('/'));
            var read = new MemoryStream();
            await using var open = await entry.OpenAsync(TestContext.Current.CancellationToken);
            await open.CopyToAsync(read, TestContext.Current.CancellationToken);
            Assert.Equal(content ?? [], read.ToArray());
        }
    }

    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.V7)]
    public async Task Tar_files_of_all_makes_are_read(TarEntryFormat format)
    {
        var file = new MemoryStream();
        var isLong = format is TarEntryFormat.Gnu or TarEntryFormat.Pax;
        var name = isLong ? "a/" + new string('y', 300) : "a/b";
        await using (var writer = new System.Formats.Tar.TarWriter(file, format, leaveOpen: true))
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                _ => new V7TarEntry(TarEntryType.V7RegularFile, name),
            };
            entry.ModificationTime = Date;
            entry.DataStream = new MemoryStream("content"u8.ToArray());
            await writer.WriteEntryAsync(entry, TestContext.Current.CancellationToken);
        }

        file.Position = 0;
        var reader = new TarReader(file);
        var read = (await reader.NextAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((name, ArchiveEntryKind.File, 7L, Date), (read.Path, read.Kind, read.Length, read.Date));
        Assert.Equal("content"u8.ToArray(), await ReadAsync(reader));
        Assert.Null(await reader.NextAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Links_and_devices_are_named_and_have_no_content()
    {
        var file = new MemoryStream();
        await using (var writer = new System.Formats.Tar.TarWriter(file, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" }, TestContext.Current.CancellationToken);
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.HardLink, "hard") { LinkName = "link" }, TestContext.Current.CancellationToken);
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Fifo, "fifo"), TestContext.Current.CancellationToken);
        }

        file.Position = 0;
        var reader = new TarReader(file);
        foreach (var kind in new[] { ArchiveEntryKind.Link, ArchiveEntryKind.Link, ArchiveEntryKind.Other })
        {
            var entry = (await reader.NextAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal(kind, entry.Kind);
            Assert.NotNull(entry.Problem);
            Assert.Empty(await ReadAsync(reader));
        }
    }

    [Theory]
    [InlineData(TarReader.ExtendedBytesMax, true)]
    [InlineData(TarReader.ExtendedBytesMax + 1, false)]
    public async Task An_extended_header_has_a_longest_length(int length, bool isRead)
    {
        var file = new MemoryStream();
        var record = string.Create(CultureInfo.InvariantCulture, $"{length} comment=");
        file.Write(TarHeader.Format("PaxHeader", 'x', length, Date));
        file.Write(Encoding.ASCII.GetBytes(record.PadRight(length - 1, 'x') + "\n"));
        file.Write(new byte[TarHeader.Padded(length) - length]);
        file.Write(TarHeader.Format("after", '0', 0, Date));
        file.Position = 0;

        var reader = new TarReader(file);
        if (isRead)
        {
            Assert.Equal("after", (await reader.NextAsync(TestContext.Current.CancellationToken))!.Path);
        }
        else
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => reader.NextAsync(TestContext.Current.CancellationToken).AsTask());
        }
    }

    [Fact]
    public async Task A_tar_file_that_breaks_off_or_is_damaged_says_so()
    {
        var file = await WriteAsync(stream => new TarWriter(stream));
        foreach (var cut in new[] { 100, 512 * 4 + 3, file.Length / 2 })
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => DrainAsync(new TarReader(new MemoryStream(file[..cut]))));
            await Assert.ThrowsAsync<InvalidDataException>(() => DrainAsync(new TarReader(new Trickle(file[..cut]))));
        }

        file[5] ^= 1;
        await Assert.ThrowsAsync<InvalidDataException>(() => DrainAsync(new TarReader(new MemoryStream(file))));
    }

    [Fact]
    public async Task A_damaged_entry_of_a_zip_file_does_not_spoil_the_others()
    {
        var file = await WriteAsync(stream => new ZipWriter(stream, new MemoryStream()));
        // A byte of "hello", which is stored as it is or packed: either way its checksum is wrong.
        var at = file.AsSpan().IndexOf("folder/small"u8) + "folder/small".Length + 9 + 2;
        file[at] ^= 1;
        var reader = await ZipReader.OpenAsync(new MemoryStream(file), TestContext.Current.CancellationToken);
        var bad = new List<string>();
        while (await reader.NextAsync(TestContext.Current.CancellationToken) is { } entry)
        {
            if (await Record.ExceptionAsync(() => ReadAsync(reader)) is { } fault)
            {
                Assert.IsType<ArchiveEntryException>(fault);
                bad.Add(entry.Path);
            }
        }

        Assert.Equal(["folder/small"], bad);
    }

    [Fact]
    public async Task A_zip_file_whose_entries_share_bytes_is_not_read()
    {
        // A bomb of the better kind: a thousand entries of the directory point to the same megabyte.
        var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await zip.CreateEntry("a").OpenAsync(TestContext.Current.CancellationToken);
            await entry.WriteAsync(Enumerable.Range(0, 1 << 20).Select(i => (byte)((i * 2654435761u) >> 13)).ToArray(), TestContext.Current.CancellationToken);
        }

        var file = packed.ToArray();
        var end = file.AsSpan().LastIndexOf(BitConverter.GetBytes(0x06054B50));
        var directory = file.AsSpan().LastIndexOf(BitConverter.GetBytes(0x02014B50));
        var record = file[directory..end];
        var last = file[end..];
        BitConverter.GetBytes(record.Length * 1000).CopyTo(last, 12);
        byte[] bomb = [.. file[..directory], .. Enumerable.Repeat(record, 1000).SelectMany(bytes => bytes), .. last];

        var reader = await ZipReader.OpenAsync(new MemoryStream(bomb), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidDataException>(() => DrainAsync(reader));
    }

    [Fact]
    public async Task What_is_no_whole_zip_file_is_not_opened()
    {
        var file = await WriteAsync(stream => new ZipWriter(stream, new MemoryStream()));
        foreach (var broken in new[] { [], file[..^1], file[..(file.Length / 2)], [.. "PK\x03\x04"u8, .. new byte[100]] })
        {
            await Assert.ThrowsAsync<InvalidDataException>(async () => await DrainAsync(await ZipReader.OpenAsync(new MemoryStream(broken), TestContext.Current.CancellationToken)));
        }
    }

    private static async Task<byte[]> WriteAsync(Func<Stream, ArchiveWriter> create)
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = new MemoryStream();
        var writer = create(file);
        foreach (var (path, content, date) in Entries)
        {
            if (content is null)
            {
                await writer.AddFolderAsync(path, date, cancel);
                continue;
            }

            await writer.BeginFileAsync(path, date, content.Length, cancel);
            await writer.WriteAsync(content.AsMemory(0, content.Length / 2), cancel);
            await writer.WriteAsync(content.AsMemory(content.Length / 2), cancel);
            await writer.EndFileAsync(cancel);
        }

        await writer.FinishAsync(cancel);
        return file.ToArray();
    }

    private static async Task ExpectAsync(ArchiveReader reader)
    {
        foreach (var (path, content, date) in Entries)
        {
            var entry = (await reader.NextAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal((path, date, true), (entry.Path.TrimEnd('/'), entry.Date, entry.IsDateExact));
            Assert.Equal(content is null ? ArchiveEntryKind.Folder : ArchiveEntryKind.File, entry.Kind);
            // Every second one is passed over unread.
            Assert.Equal(content ?? [], path.Length % 2 == 0 ? content ?? [] : await ReadAsync(reader));
        }

        Assert.Null(await reader.NextAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<byte[]> ReadAsync(ArchiveReader reader)
    {
        var all = new MemoryStream();
        var buffer = new byte[1000];
        int count;
        while ((count = await reader.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static async Task DrainAsync(ArchiveReader reader)
    {
        while (await reader.NextAsync(TestContext.Current.CancellationToken) is not null)
        {
            await ReadAsync(reader);
        }
    }

    /// <summary>A stream that cannot seek and gives little at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }
}
