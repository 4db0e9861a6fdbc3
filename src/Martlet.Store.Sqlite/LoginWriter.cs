using Martlet.Store.Engine;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Writes the history of logins.</summary>
internal sealed class LoginWriter(Database database)
{
    private readonly Statement _count = database.Prepare(
        "INSERT INTO login (account, key, success, first, last, count, address, remote, mechanism, protocol, tls, pubkey, client, outcome) "
        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, key) DO UPDATE SET "
        + "count = count + excluded.count, first = min(first, excluded.first), last = max(last, excluded.last)");

    private readonly Statement _bound = database.Prepare(
        "DELETE FROM login WHERE account = ?1 AND key IN (SELECT key FROM login WHERE account = ?1 AND success = ?2 ORDER BY last DESC, key LIMIT -1 OFFSET ?3)");

    private readonly Statement _forget = database.Prepare(
        "DELETE FROM login WHERE (account, key) IN (SELECT account, key FROM login WHERE last < ? ORDER BY last LIMIT ?)");

    private readonly Statement _remove = database.Prepare("DELETE FROM login WHERE account = ? AND key = ?");

    /// <summary>Writes what a batch has of them.</summary>
    public void Write(WriteBatch batch)
    {
        foreach (var (key, login) in batch.Logins)
        {
            _count.Bind(login.Account.Value).Bind(key).Bind(login.IsSuccess ? 1 : 0).Bind(login.First.ToUnixTimeMilliseconds()).Bind(login.Last.ToUnixTimeMilliseconds())
                .Bind(login.Count).Bind(login.Address).Bind(login.Remote).Bind(login.Mechanism).Bind(login.Protocol).Bind(login.Tls).Bind(login.PublicKey)
                .Bind(login.Client).Bind(login.Outcome).Run();
        }

        foreach (var row in batch.LoginBounds)
        {
            _bound.Bind(row.Account.Value).Bind(row.IsSuccess ? 1 : 0).Bind(row.Most).Run();
        }

        foreach (var row in batch.ForgottenLogins)
        {
            _forget.Bind(row.Before.ToUnixTimeMilliseconds()).Bind(row.AtMost).Run();
        }

        foreach (var (account, key) in batch.RemovedLogins)
        {
            _remove.Bind(account.Value).Bind(key).Run();
        }
    }
}
