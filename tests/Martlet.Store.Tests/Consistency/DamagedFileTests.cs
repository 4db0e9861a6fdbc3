using Martlet.Store.Changes;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Reading;
using Martlet.Store.Sqlite;
using Martlet.Store.Sqlite.Segments;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Consistency;

/// <summary>Files damaged below the store: what is hit is named, and everything else is served.</summary>
public sealed class DamagedFileTests
{
    private const string Inbox = "account anna@example.org, mailbox INBOX";

    [Fact]
    public async Task A_flipped_byte_in_a_message_is_named_and_the_others_are_served()
    {
        await using var test = await InvariantTests.FilledAsync();
        var (offset, _) = await PlaceAsync(test, 2);
        Damage.Flip(Segment(test), offset + RecordHeader.Size + 20);

        await AssertLostAsync(test, 2, "segment 1 at", StoreInvariant.Checksums);
    }

    [Fact]
    public async Task A_flipped_byte_in_a_records_header_is_named_and_the_others_are_served()
    {
        await using var test = await InvariantTests.FilledAsync();
        var (offset, _) = await PlaceAsync(test, 2);
        Damage.Flip(Segment(test), offset);

        await AssertLostAsync(test, 2, "no record", StoreInvariant.Checksums);
    }

    [Fact]
    public async Task A_flipped_byte_in_a_large_message_is_named_and_the_others_are_served()
    {
        await using var test = await InvariantTests.FilledAsync();
        Damage.Flip(Path.Combine(test.Folder, "large", "0000000001.msg"), 5000);

        await AssertLostAsync(test, 4, "large message 1: wrong checksum", StoreInvariant.Checksums);
    }

    [Fact]
    public async Task A_missing_large_file_is_named_and_the_others_are_served()
    {
        await using var test = await InvariantTests.FilledAsync();
        File.Delete(Path.Combine(test.Folder, "large", "0000000001.msg"));

        await AssertLostAsync(test, 4, "the file of large message 1 is missing", StoreInvariant.Places);
    }

    [Fact]
    public async Task A_cut_segment_names_its_lost_messages_and_new_mail_goes_to_another_one()
    {
        await using var test = await InvariantTests.FilledAsync();
        var (offset, _) = await PlaceAsync(test, 3);
        await test.CloseAsync();
        await using (var file = new FileStream(Segment(test), FileMode.Open))
        {
            file.SetLength(offset + 30);
        }

        test.Open();
        test.EndsClean = false;
        var report = await test.Store.CheckAsync(CheckDepth.Deep);
        Assert.Contains(report.Findings, finding => finding.Invariant == StoreInvariant.SegmentLengths && finding.Where == "segment 1");
        Assert.Equal([$"{Inbox}, UID 3"], Named(report, StoreInvariant.Places).Where(where => where.Contains("UID", StringComparison.Ordinal)));

        var anna = test.Store.OpenAccount(new AccountId(1))!;
        var added = await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("after the damage"));
        Assert.Equal(Mail.Text("after the damage"), test.ReadText(anna, added.Email));
        await test.ReopenAsync();
        anna = test.Store.OpenAccount(new AccountId(1))!;
        Assert.Equal(Mail.Text("after the damage"), test.ReadText(anna, added.Email));
        Assert.Equal(Mail.Text("hello"), test.ReadText(anna, new EmailId(1)));
    }

    [Fact]
    public async Task A_damaged_page_of_the_database_is_named_and_the_rest_is_served()
    {
        await using var test = await InvariantTests.FilledAsync();
        test.EndsClean = false;
        var anna = test.Store.OpenAccount(new AccountId(1))!;
        var big = await test.CreateAsync(anna, "Big");
        for (var i = 0; i < 300; i++)
        {
            await test.AppendAsync(big);
        }

        await test.CloseAsync();
        var path = Path.Combine(test.Folder, "meta.db");
        var page = LeafPageOf(path, "message", last: true);
        Damage.Flip(path, (page - 1) * 4096L, 4096);

        test.Open();
        var report = await test.Store.CheckAsync(CheckDepth.Rows);

        Assert.Contains(report.Findings, finding => finding.Invariant == StoreInvariant.Engine && finding.Where == "database");
        Assert.Contains(report.Findings, finding => finding.Invariant == StoreInvariant.Engine && finding.Where == "account anna@example.org, mailbox Big");
        Assert.DoesNotContain(report.Findings, finding => finding.Where.Contains("INBOX", StringComparison.Ordinal));
        anna = test.Store.OpenAccount(new AccountId(1))!;
        Assert.Equal(4, (await test.RowsAsync(TestStore.Inbox(anna))).Count);
        var fault = await Assert.ThrowsAsync<StoreException>(() => test.Store.OpenViewAsync(anna.FindMailbox("Big")!, new ChangeSignal()));
        Assert.Equal(StoreFailure.Corrupt, fault.Failure);
        await test.AppendAsync(TestStore.Inbox(anna));
        await test.CloseAsync();

        var repaired = SqliteStore.Verify(test.Folder, CheckDepth.Rows, repair: true, new StoreLimits());
        Assert.DoesNotContain(repaired.Repairs, done => done.Contains("references", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_of_another_account_are_never_given_out()
    {
        await using var test = await InvariantTests.FilledAsync();
        var other = await test.AddAccountAsync("bert");
        await test.CloseAsync();
        // A place that leads to somebody else's record, as no operation makes one: bert gets a place of anna.
        Damage.Execute(test.Folder, $"INSERT OR REPLACE INTO email SELECT ({other.Id} << 36) | 1, refs, kind, file, off, len, meta FROM email WHERE id = (1 << 36) | 1;");
        test.Open();
        other = test.Store.OpenAccount(other.Id)!;
        using var batch = new EmailBatch();
        test.Store.ReadEmails(batch, other, [new EmailId(1)]);
        Assert.True(batch.TryGet(new EmailId(1), out var blob, out _));
        var fault = Assert.Throws<StoreException>(() => test.Store.ReadBytes(other, new EmailId(1), ref blob, 0, new byte[10]));
        Assert.Contains("another account's", fault.Message, StringComparison.Ordinal);
        await test.CloseAsync();
    }

    [Fact]
    public async Task A_store_that_never_had_a_message_is_sound()
    {
        var (test, _) = await TestStore.WithAnnaAsync(new SqliteUnderTest());
        await using (test)
        {
            await test.CloseAsync();
            Assert.Empty(SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: false, new StoreLimits()).Findings);
        }
    }

    [Fact]
    public async Task A_damaged_page_of_emails_names_the_messages_that_are_lost()
    {
        await using var test = await InvariantTests.FilledAsync();
        var anna = test.Store.OpenAccount(new AccountId(1))!;
        for (var i = 0; i < 100; i++)
        {
            await test.AppendAsync(TestStore.Inbox(anna));
        }

        await test.CloseAsync();
        var path = Path.Combine(test.Folder, "meta.db");
        Damage.Flip(path, (LeafPageOf(path, "email", last: true) - 1) * 4096L, 4096);

        var report = SqliteStore.Verify(test.Folder, CheckDepth.Rows, repair: false, new StoreLimits());

        var lost = Named(report, StoreInvariant.Emails);
        Assert.NotEmpty(lost);
        Assert.Contains($"{Inbox}, UID 105", lost);
        Assert.DoesNotContain($"{Inbox}, UID 1", lost);
    }

    [Fact]
    public async Task A_folder_without_a_store_cannot_be_verified()
    {
        await using var test = await InvariantTests.FilledAsync();
        await test.CloseAsync();
        var fault = Assert.Throws<StoreException>(() => SqliteStore.Verify(Path.Combine(test.Folder, "seg"), CheckDepth.Rows, repair: false, new StoreLimits()));
        Assert.StartsWith("There is no store in", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(test.Folder, "seg", "meta.db")));
    }

    private static async Task AssertLostAsync(TestStore test, uint uid, string complaint, StoreInvariant invariant)
    {
        test.EndsClean = false;
        var report = await test.Store.CheckAsync(CheckDepth.Deep);
        var finding = Assert.Single(report.Findings);
        Assert.Equal((invariant, $"{Inbox}, UID {uid}", false), (finding.Invariant, finding.Where, finding.CanBeRebuilt));
        Assert.Contains(complaint, finding.What, StringComparison.Ordinal);

        var anna = test.Store.OpenAccount(new AccountId(1))!;
        foreach (var row in await test.RowsAsync(TestStore.Inbox(anna)))
        {
            if (row.Uid.Value == uid)
            {
                Assert.Equal(StoreFailure.Corrupt, Assert.Throws<StoreException>(() => test.ReadText(anna, row.Email)).Failure);
            }
            else
            {
                Assert.Equal(row.Size, (uint)test.ReadAll(anna, row.Email).Length);
            }
        }

        await test.AppendAsync(TestStore.Inbox(anna));
    }

    private static async Task<(long Offset, long Length)> PlaceAsync(TestStore test, uint uid)
    {
        var anna = test.Store.OpenAccount(new AccountId(1))!;
        var row = (await test.RowsAsync(TestStore.Inbox(anna))).Single(row => row.Uid.Value == uid);
        using var batch = new Reading.EmailBatch();
        test.Store.ReadEmails(batch, anna, [row.Email]);
        Assert.True(batch.TryGet(row.Email, out var blob, out _));
        return (blob.Offset, blob.Length);
    }

    private static List<string> Named(StoreReport report, StoreInvariant invariant) =>
        [.. report.Findings.Where(finding => finding.Invariant == invariant).Select(finding => finding.Where)];

    private static string Segment(TestStore test) => Path.Combine(test.Folder, "seg", "00000001.seg");

    // A leaf page of a table's tree, found by its place in the root page (SQLite file format §1.6).
    private static long LeafPageOf(string path, string table, bool last)
    {
        long root;
        using (var database = new Sqlite.Sql.Database(path, isWriter: true))
        {
            root = database.Scalar($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
        }

        using var file = File.OpenRead(path);
        var page = new byte[4096];
        file.Position = (root - 1) * 4096;
        file.ReadExactly(page);
        Assert.True(page[0] is 2 or 5, "The table has more than one page.");
        var at = last ? 8 : (page[12] << 8) | page[13];
        return ((long)page[at] << 24) | ((long)page[at + 1] << 16) | ((long)page[at + 2] << 8) | page[at + 3];
    }
}
