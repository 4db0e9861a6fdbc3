using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Store.Sqlite.Sql;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Stores that earlier versions wrote.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task A_store_of_the_first_version_is_brought_up_to_date_with_all_it_has()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"martlet-upgrade-{Guid.NewGuid():n}");
        System.IO.Directory.CreateDirectory(folder);
        await WriteFirstVersionAsync(Path.Combine(folder, "meta.db"));

        await using var test = TestStore.At(new SqliteUnderTest(), folder, new StoreLimits());

        var anna = test.Store.OpenAccount(new AccountId(1))!;
        Assert.Equal(("anna@example.org", "hash", 5_000_000L, "", 0), (anna.Name, anna.Row.Access.PasswordHash, anna.Row.QuotaBytes, anna.Row.HiddenCapabilities, anna.Annotations.Count));
        Assert.Equal(new DomainEntry { Name = "example.org" }, Assert.Single(test.Store.Directory.Current.Domains.Values));
        Assert.Equal((ServerSettings.Initial, "", new QuotaLimits(5_000_000, 0)), (test.Store.Directory.Current.Settings, anna.Row.DisplayName, test.Store.QuotaOf(anna)));
        Assert.Equal(SpecialUse.Sent, anna.FindMailbox("Sent")!.Info.Use);
        Assert.Equal(anna.FindMailbox("Sent")!.Id, anna.Annotations.OwnerOf(SpecialUse.Sent));
        Assert.True((await test.Store.SetAnnotationsAsync(anna, TestStore.Inbox(anna), [new("/shared/comment", "new"u8.ToArray())])).IsDone);
        await test.AppendAsync(TestStore.Inbox(anna));
    }

    private static async Task WriteFirstVersionAsync(string path)
    {
        using var schema = new StreamReader(typeof(SqliteStore).Assembly.GetManifestResourceStream("0001_init.sql")!);
        using var database = new Database(path, isWriter: true);
        database.Execute(await schema.ReadToEndAsync(TestContext.Current.CancellationToken));
        database.Execute("""
            PRAGMA user_version = 1;
            UPDATE info SET value = 2;
            INSERT INTO domain VALUES ('example.org');
            INSERT INTO account VALUES (1, 'anna@example.org', 'hash', 7, 1, 3, 12, 0, 0, 5000000, 0);
            INSERT INTO address VALUES ('anna@example.org', 1);
            INSERT INTO mailbox VALUES (1, 1, 'INBOX', 0, 10, 1, 2, 2, 0, 0, 0, 0, 0, 0);
            INSERT INTO mailbox VALUES (1, 2, 'Sent', 4, 11, 1, 2, 2, 0, 0, 0, 0, 0, 0);
            INSERT INTO subscription VALUES (1, 'Sent');
            """);
    }
}
