using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Consistency;

/// <summary>Each invariant is broken once, by a row changed behind the store's back, and must be found, named and, where that can be, rebuilt.</summary>
public sealed class InvariantTests
{
    private const string Anna = "account anna@example.org";
    private const string Inbox = $"{Anna}, mailbox INBOX";

    private const string LoginColumns = "key, success, first, last, count, address, remote, mechanism, protocol, tls, pubkey, client, outcome";

    // Invariant, damage, where it is named, whether repair makes it right.
    private static readonly (string Invariant, string Sql, string Where, bool IsRebuilt)[] Damages =
    [
        ("owners", "INSERT INTO keyword VALUES (99, 0, 'lost')", "database", false),
        ("owners", "INSERT INTO expunged VALUES (1, 77, 1, 1, 1)", "database", false),
        ("owners", "INSERT INTO annotation VALUES (1, 77, '/shared/comment', 1, x'00')", "database", false),
        ("owners", "INSERT INTO annotation VALUES (99, 0, '/shared/comment', 1, x'00')", "database", false),
        ("owners", "INSERT INTO flag_log VALUES (1, 77, 1, 1, 1, 1, x'')", "database", false),
        ("keywords", "UPDATE keyword SET keyword = 7 WHERE keyword = 1", Anna, false),
        ("flag-modseqs", "UPDATE message SET modseq = created + 1 WHERE uid = 1; UPDATE mailbox SET flags_changed = 0", Inbox, true),
        ("flag-modseqs", "UPDATE mailbox SET flags_changed = 1000 WHERE name = 'INBOX'", Inbox, true),
        ("tombstones", "UPDATE mailbox SET tombstones = tombstones + 1 WHERE name = 'INBOX'", Inbox, true),
        ("tombstones", "UPDATE mailbox SET forgotten = modseq WHERE name = 'INBOX'", Inbox, true),
        ("account-numbers", "UPDATE info SET value = 1", Anna, true),
        ("addresses", "INSERT INTO address VALUES ('gone@example.org', 99)", "address gone@example.org", true),
        ("addresses", "INSERT INTO login_key VALUES ('f1', 99, 'gone@example.org', 'phone', 'ed25519', 1, 0)", "key f1", true),
        ("addresses", "DELETE FROM domain", "address anna@example.org", false),
        ("targets", "INSERT INTO alias VALUES ('info@example.org', 'gone@example.org', '')", "alias info@example.org", false),
        ("targets", "INSERT INTO alias VALUES ('info@gone.example', 'anna@example.org', '')", "alias info@gone.example", false),
        ("targets", "INSERT INTO alias VALUES ('anna@example.org', 'anna@example.org', '')", "alias anna@example.org", false),
        ("targets", "UPDATE domain SET catch_all = 'gone@example.org'", "catch-all of example.org", false),
        ("targets", "INSERT INTO setting VALUES ('postmaster', 'gone@example.org')", "postmaster of the server", false),
        ("sessions", "INSERT INTO api_token VALUES ('aa', 'monitor', 'gone', 0, NULL)", "token monitor", true),
        ("sessions", "INSERT INTO web_session VALUES ('0123456789', 99, NULL, 'gone@example.org', 1, 0, 0, '', '')", "web session 01234567", true),
        ("sessions", "INSERT INTO web_session VALUES ('0123456789', NULL, 'gone', '', 1, 0, 0, '', '')", "web session 01234567", true),
        ("account-counters", "UPDATE account SET bytes = bytes + 1", Anna, true),
        ("account-counters", "UPDATE account SET messages = messages - 1", Anna, true),
        ("mailbox-counters", "UPDATE mailbox SET messages = 7 WHERE name = 'INBOX'", Inbox, true),
        ("mailbox-counters", "UPDATE mailbox SET unseen = unseen + 1 WHERE name = 'INBOX'", Inbox, true),
        ("mailbox-counters", "UPDATE mailbox SET deleted = deleted + 1 WHERE name = 'INBOX'", Inbox, true),
        ("mailbox-counters", "UPDATE mailbox SET bytes = bytes + 1 WHERE name = 'INBOX'", Inbox, true),
        ("mailbox-counters", "UPDATE mailbox SET deleted_bytes = deleted_bytes + 1 WHERE name = 'INBOX'", Inbox, true),
        ("mailbox-numbers", "UPDATE account SET next_mailbox = 2", $"{Anna}, mailbox ", true),
        ("mailbox-names", "UPDATE mailbox SET name = 'bad//name' WHERE name = 'Junk'", $"{Anna}, mailbox bad//name", false),
        ("mailbox-names", "UPDATE mailbox SET name = 'Sent' WHERE name = 'Junk'", $"{Anna}, mailbox Sent", false),
        ("mailbox-tree", "UPDATE mailbox SET name = 'other' WHERE name = 'INBOX'", Anna, true),
        ("mailbox-tree", "UPDATE mailbox SET name = 'a/b/c' WHERE name = 'Junk'", Anna, true),
        ("special-uses", "UPDATE mailbox SET use = 4 WHERE name = 'Trash'", $"{Anna}, mailbox Trash", true),
        ("uidvalidities", "UPDATE mailbox SET uidvalidity = 5 WHERE name IN ('Sent', 'Trash')", $"{Anna}, mailbox ", true),
        ("uidvalidities", "UPDATE account SET next_uidvalidity = 1", Anna, true),
        ("uids", "UPDATE mailbox SET uidnext = 2 WHERE name = 'INBOX'", Inbox, true),
        ("expunged", "INSERT INTO expunged SELECT account, mailbox, modseq, uid, email FROM message WHERE uid = 1", $"{Inbox}, UID 1", false),
        ("modseqs", "UPDATE account SET modseq = 2", $"{Inbox}", true),
        ("modseqs", "UPDATE message SET created = modseq + 1 WHERE uid = 1", $"{Inbox}, UID 1", false),
        ("mailbox-modseqs", "UPDATE mailbox SET modseq = 1 WHERE name = 'INBOX'", Inbox, true),
        ("modseqs", "INSERT INTO annotation VALUES (1, 0, '/shared/comment', 1000, x'00')", Anna, true),
        ("mailbox-modseqs", "INSERT INTO annotation SELECT account, mailbox, '/shared/comment', modseq + 1, x'00' FROM mailbox WHERE name = 'Archive'", $"{Anna}, mailbox Archive", true),
        ("annotations", "INSERT INTO annotation VALUES (1, 0, '/Shared/Comment', 1, x'00')", Anna, false),
        ("annotations", "INSERT INTO annotation SELECT account, mailbox, '/private/specialuse', 1, x'00' FROM mailbox WHERE name = 'INBOX'", Inbox, false),
        ("keywords", "UPDATE message SET kwset = 9 WHERE uid = 1", $"{Inbox}, UID 1", false),
        ("keywords", "UPDATE keyword_set SET members = x'0900000001000000'", Anna, false),
        ("subscriptions", "INSERT INTO subscription VALUES (1, 'inbox')", Anna, true),
        ("owners", $"INSERT INTO login SELECT 99, {LoginColumns} FROM login WHERE success", "database", false),
        ("logins", "UPDATE login SET remote = '192.0.2.9' WHERE success", Anna, true),
        ("logins", "UPDATE login SET count = 0 WHERE success", Anna, true),
        ("logins", "UPDATE login SET first = last + 1 WHERE success", Anna, true),
        ("logins", $"INSERT INTO login SELECT 0, {LoginColumns} FROM login WHERE success", "logins of no account", true),
        ("email-numbers", "UPDATE account SET next_email = 2", $"{Inbox}, UID 2", false),
        ("emails", "DELETE FROM email WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", false),
        ("references", "UPDATE email SET refs = 5 WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", true),
        ("references", "UPDATE email SET refs = 0 WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", true),
        ("sizes", "UPDATE message SET size = size + 1 WHERE uid = 2", $"{Inbox}, UID 2", false),
        ("structures", "UPDATE email SET meta = x'00' WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", true),
        ("structures", "UPDATE email SET meta = (SELECT meta FROM email WHERE kind = 1) WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", true),
        ("places", "UPDATE email SET off = 1000000 WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", false),
        ("places", "UPDATE email SET file = 9 WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", false),
        ("places", "UPDATE email SET file = 9 WHERE kind = 1", $"{Inbox}, UID 4", false),
        ("checksums", "UPDATE email SET off = 0 WHERE id = (1 << 36) + 2", $"{Inbox}, UID 2", false),
        ("segment-lengths", "UPDATE segment SET written = written + 1", "segment 1", false),
        ("segment-figures", "UPDATE segment SET live = live + 1", "segment 1", true),
        ("segment-figures", "UPDATE segment SET written = written - 1", "segment 1", true),
        ("segment-figures", "DELETE FROM segment", "segment 1", true),
    ];

    /// <summary>The damages by number: their texts are too long for names of tests.</summary>
    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (var i = 0; i < Damages.Length; i++)
        {
            cases.Add(i, Damages[i].Invariant);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_broken_invariant_is_found_named_and_rebuilt(int number, string name)
    {
        var damage = Damages[number];
        await using var test = await FilledAsync();
        await test.CloseAsync();
        Assert.True(SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: false, new StoreLimits()).IsClean);
        Damage.Execute(test.Folder, damage.Sql);

        var report = SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: false, new StoreLimits());
        var findings = report.Findings.Where(finding => finding.Invariant.Name == name).ToList();
        Assert.True(findings.Count > 0, string.Join('\n', report.Findings));
        Assert.Contains(findings, finding => finding.Where.StartsWith(damage.Where, StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.CanBeRebuilt == damage.IsRebuilt);

        var repaired = SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: true, new StoreLimits());
        Assert.Equal(report.Findings, repaired.Findings);
        Assert.Equal(report.Findings.Any(finding => finding.CanBeRebuilt), repaired.Repairs.Count > 0);
        Assert.DoesNotContain(repaired.Remaining, finding => finding.CanBeRebuilt);
        if (damage.IsRebuilt)
        {
            Assert.Empty(repaired.Remaining);
            test.Open();
            test.EndsClean = true;
            var anna = test.Store.OpenAccount(new AccountId(1))!;
            Assert.Equal(4, (await test.RowsAsync(anna.FindMailbox("other") ?? TestStore.Inbox(anna))).Count);
        }
    }

    [Fact]
    public void Every_invariant_has_a_test_that_breaks_it() => Assert.Equal(
        StoreInvariant.All.Select(invariant => invariant.Name).Order(),
        Damages.Select(damage => damage.Invariant).Concat(["database", "large-files", "memory", "snapshots"]).Distinct().Order());

    [Fact]
    public void Every_invariant_is_in_the_table() => Assert.Equal(
        typeof(StoreInvariant).GetFields().Where(field => field.FieldType == typeof(StoreInvariant)).Select(field => field.GetValue(null)), StoreInvariant.All);

    [Fact]
    public async Task A_snapshot_with_other_messages_is_found_and_removed()
    {
        await using var test = await FilledAsync(new StoreLimits { SnapshotMessagesMin = 2 });
        await test.CloseAsync();
        Assert.True(SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: false, new StoreLimits()).IsClean);
        Damage.Execute(test.Folder, "UPDATE message SET saved = saved + 1 WHERE uid = 1");
        var report = SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: true, new StoreLimits());
        Assert.Equal((StoreInvariant.Snapshots, Inbox, true), Assert.Single(report.Findings) is var found ? (found.Invariant, found.Where, found.CanBeRebuilt) : default);
        Assert.Empty(report.Remaining);
        test.Open();
    }

    [Theory]
    [InlineData("UPDATE snapshot_part SET columns = x'01'")]
    [InlineData("UPDATE snapshot_part SET columns = substr(columns, 1, length(columns) - 1)")]
    [InlineData("UPDATE snapshot_part SET checksum = checksum + 1")]
    [InlineData("DELETE FROM snapshot_part")]
    [InlineData("DELETE FROM snapshot")]
    [InlineData("UPDATE snapshot SET modseq = modseq + 1000; UPDATE snapshot_part SET modseq = modseq + 1000; UPDATE message SET saved = 1")]
    [InlineData("UPDATE mailbox SET forgotten = modseq, tombstones = 0; DELETE FROM expunged; UPDATE snapshot SET modseq = modseq - 1; UPDATE snapshot_part SET modseq = modseq - 1; UPDATE message SET saved = 1")]
    public async Task A_snapshot_that_is_damaged_or_newer_or_older_than_what_is_known_is_not_used(string sql)
    {
        await using var test = await FilledAsync(new StoreLimits { SnapshotMessagesMin = 2 });
        await test.CloseAsync();
        Damage.Execute(test.Folder, sql);
        Assert.Empty(SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: false, new StoreLimits()).Findings);
        test.Open();
        Assert.Equal(4, (await test.RowsAsync(TestStore.Inbox(test.Store.OpenAccount(new AccountId(1))!))).Count);
    }

    [Fact]
    public async Task A_record_of_the_flag_log_that_cannot_be_read_is_a_finding()
    {
        await using var test = await FilledAsync(engine: new LoggingSqliteUnderTest());
        test.EndsClean = false;
        var inbox = TestStore.Inbox(test.Store.OpenAccount(new AccountId(1))!);
        Assert.True((await test.Store.SetFlagsAsync(inbox, [new Uid(1), new Uid(2)], Operations.FlagChange.Add, MessageFlags.Draft, [])).IsDone);
        await test.CloseAsync();
        Damage.Execute(test.Folder, "UPDATE flag_log SET changes = x'0101'");
        var report = SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: false, new StoreLimits());
        Assert.Contains(report.Findings, finding => finding.Invariant == StoreInvariant.Engine && finding.Where == Inbox);
    }

    [Fact]
    public async Task A_database_of_the_version_before_is_brought_up_to_date()
    {
        await using var test = await FilledAsync();
        var rows = await test.RowsAsync(TestStore.Inbox(test.Store.OpenAccount(new AccountId(1))!));
        await test.CloseAsync();
        var files = typeof(SqliteStore).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var version = files.FindIndex(name => name.StartsWith("0003", StringComparison.Ordinal));
        Damage.Execute(
            test.Folder,
            "DROP TABLE flag_log; DROP TABLE snapshot; DROP TABLE snapshot_part; ALTER TABLE mailbox DROP COLUMN flags_changed; ALTER TABLE mailbox DROP COLUMN tombstones; DROP TABLE login;"
            + "DROP TABLE login_key; ALTER TABLE account DROP COLUMN secrets; ALTER TABLE account DROP COLUMN password_number; ALTER TABLE account DROP COLUMN disabled_text;"
            + "DROP TABLE alias; DROP TABLE setting; DROP TABLE administrator; DROP TABLE api_token; DROP TABLE web_session; ALTER TABLE account DROP COLUMN display_name;"
            + "ALTER TABLE account DROP COLUMN quota_warned; ALTER TABLE domain DROP COLUMN state; ALTER TABLE domain DROP COLUMN catch_all;"
            + "ALTER TABLE domain DROP COLUMN separators; ALTER TABLE domain DROP COLUMN case_sensitive; ALTER TABLE domain DROP COLUMN description;"
            + $"PRAGMA user_version = {version}");
        test.Open();
        var inbox = TestStore.Inbox(test.Store.OpenAccount(new AccountId(1))!);
        Assert.Equal(rows, await test.RowsAsync(inbox));
        Assert.Equal((1, inbox.Info.ModSeq), (inbox.Info.Tombstones, inbox.Info.FlagsModSeq));
    }

    [Fact]
    public async Task Rows_that_make_no_sense_are_findings_and_not_failures()
    {
        await using var test = await FilledAsync();
        await test.CloseAsync();
        Damage.Execute(test.Folder, "UPDATE email SET len = -5, meta = x'' WHERE id = (1 << 36) + 2; UPDATE mailbox SET name = x'ff00' WHERE name = 'Junk'; UPDATE account SET messages = 'x'");
        var report = SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: true, new StoreLimits());
        Assert.False(report.IsClean);
        Assert.Contains(report.Findings, finding => finding.Where == $"{Inbox}, UID 2");
    }

    [Fact]
    public async Task A_large_file_without_an_email_is_found_and_removed()
    {
        await using var test = await FilledAsync();
        await test.CloseAsync();
        var orphan = Path.Combine(test.Folder, "large", "0000000099.msg");
        await File.WriteAllTextAsync(orphan, "left over", TestContext.Current.CancellationToken);

        var report = SqliteStore.Verify(test.Folder, CheckDepth.Rows, repair: true, new StoreLimits());

        var finding = Assert.Single(report.Findings);
        Assert.Equal("large message 99: no email has this file (large-files, can be rebuilt)", finding.ToString());
        Assert.Empty(report.Remaining);
        Assert.False(File.Exists(orphan));
    }

    [Fact]
    public async Task Memory_that_differs_from_the_disk_is_found()
    {
        await using var test = await FilledAsync();
        test.EndsClean = false;
        var inbox = TestStore.Inbox(test.Store.OpenAccount(new AccountId(1))!);
        using var view = await test.Store.OpenViewAsync(inbox, new Changes.ChangeSignal());
        Damage.Execute(
            test.Folder,
            "UPDATE account SET quota_bytes = 5; UPDATE message SET flags = flags | 4 WHERE uid = 1; UPDATE mailbox SET use = 1 WHERE name = 'Junk';"
            + "UPDATE mailbox SET use = 0 WHERE name = 'Archive'; INSERT INTO subscription VALUES (1, 'x'); INSERT INTO annotation VALUES (1, 0, '/shared/x', 1, x'00'); INSERT INTO domain (name) VALUES ('example.com');");

        var report = await test.Store.CheckAsync(CheckDepth.Rows);

        Assert.All(report.Findings, finding => Assert.Equal(StoreInvariant.Memory, finding.Invariant));
        Assert.Equal(
            [Anna, Anna, Anna, $"{Anna}, mailbox Archive", Inbox, $"{Anna}, mailbox Junk", "directory of accounts"],
            report.Findings.Select(finding => finding.Where).Order(StringComparer.Ordinal));
    }

    /// <summary>INBOX with UIDs 1 to 4 and 5 expunged: a keyword, a deleted one, a large one; one of them copied.</summary>
    internal static async Task<TestStore> FilledAsync(StoreLimits? limits = null, IEngineUnderTest? engine = null)
    {
        var (test, anna) = await TestStore.WithAnnaAsync(engine ?? new SqliteUnderTest(), (limits ?? new StoreLimits()) with { SegmentMessageBytesMax = 10_000 });
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.Seen);
        await test.AppendAsync(inbox, MessageFlags.Deleted, "$Label1", "Other");
        await test.AppendAsync(inbox);
        await test.AppendTextAsync(inbox, Mail.OfBytes(20_000));
        var gone = await test.AppendAsync(inbox, MessageFlags.Deleted);
        Assert.True((await test.Store.CopyAsync(inbox, [new Uid(1)], anna.FindMailbox("Archive")!)).IsDone);
        Assert.True((await test.Store.ExpungeAsync(inbox, [gone.Uid])).IsDone);
        Assert.True((await test.Store.Logins.AddAsync([Contract.Logins.Of(anna.Id, test.Time), Contract.Logins.Of(LoginEntry.Nobody, test.Time) with { IsSuccess = false }])).IsDone);
        return test;
    }
}
