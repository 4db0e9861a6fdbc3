using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Reads how the server is set up; once at the start, and after a commit that may have failed.</summary>
internal static class SettingsReader
{
    /// <summary>The whole directory, with what was read of it before.</summary>
    public static DirectoryContents Read(
        IReadOnlyList<AccountRow> accounts, IReadOnlyList<AddressRow> addresses, IReadOnlyList<LoginKey> keys, AccountId nextAccount, RowLists rows)
    {
        var domains = rows.Read(
            "SELECT name, state, catch_all, separators, case_sensitive, description FROM domain",
            row => new DomainEntry
            {
                Name = row.Text(0)!,
                State = (DomainState)row.Int32(1),
                CatchAll = row.Text(2),
                Separators = row.Text(3)!,
                IsCaseSensitive = row.Int32(4) != 0,
                Description = row.Text(5)!,
            });
        return new DirectoryContents(domains, accounts, addresses, keys, nextAccount)
        {
            Aliases = rows.Read("SELECT address, members, description FROM alias", row => new AliasEntry(row.Text(0)!, [.. row.Text(1)!.Split('\n')], row.Text(2)!)),
            Settings = SettingNames.Read(
                rows.Read("SELECT name, value FROM setting", row => (Name: row.Text(0)!, Value: row.Text(1)!)).ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal)),
            Administrators = rows.Read(
                "SELECT name, password_hash, password_number FROM administrator", row => new Administrator(row.Text(0)!, row.Text(1)!, row.Int32(2))),
            Tokens = rows.Read(
                "SELECT hash, name, administrator, created, expires FROM api_token",
                row => new ApiToken(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Int64(3), row.IsNull(4) ? null : row.Int64(4))),
            Sessions = rows.Read(
                "SELECT id, account, administrator, address, password_number, created, expires, remote, client FROM web_session",
                row => new WebSession(
                    row.Text(0)!, row.IsNull(1) ? null : new AccountId(row.Int32(1)), row.Text(2), row.Text(3)!, row.Int32(4), row.Int64(5), row.Int64(6), row.Text(7)!, row.Text(8)!)),
        };
    }
}

/// <summary>Reads all rows of a query that is asked once.</summary>
internal readonly struct RowLists(Database database)
{
    public List<T> Read<T>(string sql, Func<Statement, T> read)
    {
        using var statement = database.Prepare(sql);
        var rows = new List<T>();
        while (statement.Step())
        {
            rows.Add(read(statement));
        }

        return rows;
    }
}
