using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Reads the history of logins.</summary>
internal sealed class LoginReader(Database database)
{
    private readonly Statement _newest = database.Prepare(
        "SELECT key, success, first, last, count, address, remote, mechanism, protocol, tls, pubkey, client, outcome FROM login WHERE account = ? "
        + "ORDER BY last DESC, key LIMIT ?");

    private readonly Statement _oldest = database.Prepare("SELECT last FROM login ORDER BY last LIMIT 1");

    public List<LoginRow> Read(AccountId account, int limit)
    {
        var rows = new List<LoginRow>();
        _newest.Bind(account.Value).Bind(limit);
        try
        {
            while (_newest.Step())
            {
                rows.Add(new LoginRow(_newest.Blob(0).ToArray(), Login(account, _newest)));
            }
        }
        finally
        {
            _newest.Reset();
        }

        return rows;
    }

    public DateTimeOffset? ReadOldest()
    {
        try
        {
            return _oldest.Step() ? DateTimeOffset.FromUnixTimeMilliseconds(_oldest.Int64(0)) : null;
        }
        finally
        {
            _oldest.Reset();
        }
    }

    private static LoginEntry Login(AccountId account, Statement row) => new()
    {
        Account = account,
        IsSuccess = row.Int32(1) != 0,
        First = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(2)),
        Last = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
        Count = row.Int64(4),
        Address = row.Text(5)!,
        Remote = row.Text(6)!,
        Mechanism = row.Text(7)!,
        Protocol = row.Text(8)!,
        Tls = row.Text(9)!,
        PublicKey = row.Text(10)!,
        Client = row.Text(11)!,
        Outcome = row.Text(12)!,
    };
}
