using System.Text;
using Martlet.Server.Observe.Journal;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>The journal's files: their bounds, what survives, and what happens when disk or queue do not take more.</summary>
public sealed class MailJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly TestLog _log = new();

    private string Folder => _folder["journal"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_added_can_be_read_after_a_restart()
    {
        await using (var journal = Journal())
        {
            journal.Add(Added("one@example.net"));
            journal.Add(Added("two@example.net") with { Kind = JournalKinds.Refused });
        }

        await using (var journal = Journal())
        {
            journal.Add(Added("three@example.net"));
        }

        Assert.Equal(["one@example.net", "three@example.net"], (await MailAsync()).Select(record => record.MessageId));
        Assert.Equal(["two@example.net"], (await RefusedAsync()).Select(record => record.MessageId));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), (await MailAsync())[0].Time);
        Assert.Single(Directory.GetFiles(Folder, "mail-*"));
    }

    [Fact]
    public async Task Its_files_are_the_owners_alone()
    {
        await WriteAsync(1);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Folder)[0]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        }
    }

    [Fact]
    public async Task Nothing_is_on_the_disk_before_there_is_something_to_write()
    {
        await using var journal = Journal();
        await journal.FlushAsync(CancellationToken.None);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task The_oldest_goes_when_the_space_is_used_up()
    {
        var limits = new JournalLimits { MailBytesMax = 40_000, FilesMax = 4 };
        await using (var journal = Journal(limits))
        {
            for (var i = 0; i < 2000; i++)
            {
                journal.Add(Added($"{i}@example.net"));
                await journal.FlushAsync(CancellationToken.None);
            }
        }

        var numbers = (await MailAsync()).Select(record => int.Parse(record.MessageId!.Split('@')[0])).ToList();
        Assert.Equal(1999, numbers[^1]);
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
        Assert.True(JournalReader.Bytes(Folder) <= 40_000);
        Assert.InRange(JournalReader.Bytes(Folder), 30_000, 40_000);
        Assert.Equal(4, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task A_flood_of_refused_mail_does_not_push_out_what_was_taken()
    {
        var limits = new JournalLimits { RefusedBytesMax = 10_000 };
        await using (var journal = Journal(limits))
        {
            journal.Add(Added("real@example.net"));
            for (var i = 0; i < 2000; i++)
            {
                journal.Add(Added($"{i}@spam.example") with { Kind = JournalKinds.Refused });
                await journal.FlushAsync(CancellationToken.None);
            }
        }

        Assert.Equal(["real@example.net"], (await MailAsync()).Select(record => record.MessageId));
        Assert.True(Directory.GetFiles(Folder, "refused-*").Sum(path => new FileInfo(path).Length) <= 10_000);
    }

    [Theory]
    [InlineData("{\"t\":1,\"k\":\"add")]
    [InlineData("{\"t\":1,\"k\":\"added\"")]
    [InlineData("\0\0\0\0")]
    [InlineData("\u00ff{}")]
    public async Task A_torn_line_is_read_over_and_the_next_one_is_whole(string torn)
    {
        await WriteAsync(1);
        await File.AppendAllTextAsync(Directory.GetFiles(Folder)[0], torn, Encoding.Latin1);
        await WriteAsync(1);

        Assert.Equal(2, (await MailAsync()).Count);
    }

    [Fact]
    public async Task Damage_in_the_middle_costs_its_own_lines_only()
    {
        await WriteAsync(3);
        var path = Directory.GetFiles(Folder)[0];
        var lines = await File.ReadAllLinesAsync(path);
        await File.WriteAllLinesAsync(path, [lines[0], new string('x', 3_000_000), lines[1][..^4], "", "null", "[]", lines[2]]);

        Assert.Equal(2, (await MailAsync()).Count);
    }

    [Fact]
    public async Task A_full_queue_loses_records_and_nobody_waits()
    {
        await using var journal = Journal(new JournalLimits { QueueRecordsMax = 10 });
        var before = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 200_000; i++)
        {
            journal.Add(Added("x@example.net"));
        }

        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(10));
        await journal.FlushAsync(CancellationToken.None);
        Assert.Equal(200_000, journal.Written + journal.Dropped);
        Assert.True(journal.Dropped > 0);

        _time.Advance(TimeSpan.FromMinutes(2));
        journal.Add(Added("last@example.net"));
        await journal.FlushAsync(CancellationToken.None);
        Assert.Equal(journal.Dropped, (await MailAsync()).Sum(record => record.Missing ?? 0));
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning: records are missing in the journal of mail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UIDs_that_wait_are_bounded_too()
    {
        await using var journal = Journal(new JournalLimits { QueueUidsMax = 1000 });
        var change = new MessagesExpunged(new AccountId(1), null, new NamedMailbox(new MailboxId(1), "INBOX"), [.. Enumerable.Range(1, 1001).Select(uid => new Uid((uint)uid))]);
        journal.Add(new JournalItem(Now, change, 1001));
        journal.Add(new JournalItem(Now, change with { Uids = [new Uid(5)] }, 1));
        await journal.FlushAsync(CancellationToken.None);

        Assert.Equal(1, journal.Dropped);
        Assert.Equal("5", Assert.Single(await MailAsync(), record => record.Kind == JournalKinds.Expunged).Uids);
    }

    [Fact]
    public async Task Nothing_is_written_while_the_disk_has_little_space_left()
    {
        var free = 0L;
        await using var journal = new MailJournal(Folder, new JournalLimits(), _time, _log, () => free);
        journal.Add(Added("one@example.net"));
        await journal.FlushAsync(CancellationToken.None);
        Assert.Equal((true, 0, 1), (journal.IsFailing, journal.Written, journal.Dropped));
        Assert.Empty(await MailAsync());

        free = new JournalLimits().DiskFreeBytesMin;
        _time.Advance(TimeSpan.FromSeconds(10));
        journal.Add(Added("two@example.net"));
        await journal.FlushAsync(CancellationToken.None);
        Assert.False(journal.IsFailing);
        Assert.Contains(await MailAsync(), record => record.MessageId == "two@example.net");
        Assert.Single(_log.Lines, line => line.StartsWith("Warning: journal of mail not written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_once_and_tried_again()
    {
        await File.WriteAllTextAsync(Folder, "a file in the way");
        await using var journal = Journal();
        for (var i = 0; i < 3; i++)
        {
            journal.Add(Added("one@example.net"));
            await journal.FlushAsync(CancellationToken.None);
        }

        Assert.True(journal.IsFailing);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning: journal of mail not written", StringComparison.Ordinal));
        File.Delete(Folder);
        journal.Add(Added("two@example.net"));
        await journal.FlushAsync(CancellationToken.None);
        Assert.False(journal.IsFailing);
        Assert.Contains(await MailAsync(), record => record.MessageId == "two@example.net");
    }

    [Fact]
    public async Task Files_older_than_their_age_go()
    {
        await WriteAsync(1);
        File.SetLastWriteTimeUtc(Directory.GetFiles(Folder)[0], Now.UtcDateTime.AddDays(-31));
        File.Move(Directory.GetFiles(Folder)[0], Path.Combine(Folder, "mail-00000001.jsonl.old"));
        File.Move(Path.Combine(Folder, "mail-00000001.jsonl.old"), Path.Combine(Folder, "mail-00000000.jsonl"));
        File.Move(Path.Combine(Folder, "mail-00000000.jsonl"), Path.Combine(Folder, "refused-00000007.jsonl"));
        await WriteAsync(1);

        Assert.Equal(["mail-00000001.jsonl"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_bulk_change_is_one_record_and_a_scattered_one_several()
    {
        var inbox = new NamedMailbox(new MailboxId(1), "INBOX");
        var archive = new NamedMailbox(new MailboxId(9), "Archive");
        Uid[] from = [.. Enumerable.Range(1, 100_000).Select(uid => new Uid((uint)uid))];
        Uid[] to = [.. from.Select(uid => new Uid(uid.Value + 500))];
        Uid[] odd = [.. from.Where(uid => uid.Value % 2 == 1)];
        await using (var journal = Journal())
        {
            journal.Add(new JournalItem(Now, new MessagesCopied(new AccountId(7), new ChangeOrigin("imap", "c1"), inbox, archive, from, to, IsMove: true), 1));
            journal.Add(new JournalItem(Now, new MessagesExpunged(new AccountId(7), null, inbox, odd), 1));
        }

        var records = await MailAsync();
        Assert.Equal("1:100000>501", records[0].Uids);
        Assert.Equal(50, records.Count(record => record.Kind == JournalKinds.Expunged));
        Assert.Equal(odd.Select(uid => uid.Value), records.Skip(1).SelectMany(record => UidRuns.Read(record.Uids!)).Select(run => run.First));
    }

    [Theory]
    [InlineData("1", 1, 1, 0)]
    [InlineData("1:5", 1, 5, 0)]
    [InlineData("1:5>10", 1, 5, 10)]
    [InlineData("4294967295", uint.MaxValue, uint.MaxValue, 0)]
    public void Runs_are_read(string text, uint first, uint last, uint to) => Assert.Equal(new UidRun(first, last, to), Assert.Single(UidRuns.Read(text)));

    [Theory]
    [InlineData("")]
    [InlineData("5:1")]
    [InlineData("-1")]
    [InlineData("1:")]
    [InlineData("1>")]
    [InlineData("1>x")]
    [InlineData("4294967296")]
    [InlineData("1:4294967295>2")]
    [InlineData(" 1")]
    public void What_is_no_run_is_none(string text) => Assert.Empty(UidRuns.Read(text));

    private MailJournal Journal(JournalLimits? limits = null) => new(Folder, limits ?? new JournalLimits(), _time, _log, () => long.MaxValue);

    private async Task WriteAsync(int records)
    {
        await using var journal = Journal();
        for (var i = 0; i < records; i++)
        {
            journal.Add(Added($"{i}@example.net"));
        }
    }

    private static JournalRecord Added(string messageId) => new() { Kind = JournalKinds.Added, MessageId = messageId };

    private Task<List<JournalRecord>> MailAsync() => ReadAsync(handle => JournalReader.ReadMailAsync(Folder, handle, CancellationToken.None));

    private Task<List<JournalRecord>> RefusedAsync() => ReadAsync(handle => JournalReader.ReadRefusedAsync(Folder, handle, CancellationToken.None));

    private static async Task<List<JournalRecord>> ReadAsync(Func<JournalReader.LineHandler, Task> read)
    {
        var records = new List<JournalRecord>();
        await read(line =>
        {
            if (JournalLine.Read(line) is { } record)
            {
                records.Add(record);
            }
        });
        return records;
    }
}
