using System.Globalization;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Sqlite;

/// <summary>Writes how the server is set up.</summary>
internal sealed class SettingsWriter(Database database)
{
    private readonly Statement _putDomain = database.Prepare(
        "INSERT OR REPLACE INTO domain (name, state, catch_all, separators, case_sensitive, description) VALUES (?, ?, ?, ?, ?, ?)");

    private readonly Statement _removeDomain = database.Prepare("DELETE FROM domain WHERE name = ?");

    private readonly Statement _putAlias = database.Prepare("INSERT OR REPLACE INTO alias (address, members, description) VALUES (?, ?, ?)");

    private readonly Statement _removeAlias = database.Prepare("DELETE FROM alias WHERE address = ?");

    private readonly Statement _putSetting = database.Prepare("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)");

    private readonly Statement _putAdministrator = database.Prepare("INSERT OR REPLACE INTO administrator (name, password_hash, password_number) VALUES (?, ?, ?)");

    private readonly Statement _removeAdministrator = database.Prepare("DELETE FROM administrator WHERE name = ?");

    private readonly Statement _putToken = database.Prepare("INSERT OR REPLACE INTO api_token (hash, name, administrator, created, expires) VALUES (?, ?, ?, ?, ?)");

    private readonly Statement _removeToken = database.Prepare("DELETE FROM api_token WHERE hash = ?");

    private readonly Statement _putSession = database.Prepare(
        "INSERT OR REPLACE INTO web_session (id, account, administrator, address, password_number, created, expires, remote, client) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly Statement _removeSession = database.Prepare("DELETE FROM web_session WHERE id = ?");

    /// <summary>Writes what a batch has of it.</summary>
    public void Write(WriteBatch batch)
    {
        foreach (var (name, domain) in batch.Domains)
        {
            Put(domain is null ? _removeDomain.Bind(name) : _putDomain.Bind(name).Bind((int)domain.State).Bind(domain.CatchAll).Bind(domain.Separators)
                .Bind(domain.IsCaseSensitive ? 1 : 0).Bind(domain.Description));
        }

        foreach (var (address, alias) in batch.Aliases)
        {
            Put(alias is null ? _removeAlias.Bind(address) : _putAlias.Bind(address).Bind(string.Join('\n', alias.Members)).Bind(alias.Description));
        }

        if (batch.ServerSettings is { } settings)
        {
            foreach (var (name, value) in SettingNames.Write(settings))
            {
                Put(_putSetting.Bind(name).Bind(value));
            }
        }

        foreach (var (name, administrator) in batch.Administrators)
        {
            Put(administrator is null ? _removeAdministrator.Bind(name) : _putAdministrator.Bind(name).Bind(administrator.PasswordHash).Bind(administrator.PasswordNumber));
        }

        foreach (var (hash, token) in batch.Tokens)
        {
            Put(token is null ? _removeToken.Bind(hash)
                : _putToken.Bind(hash).Bind(token.Name).Bind(token.Administrator).Bind(token.Created).BindNullable(token.Expires));
        }

        foreach (var (id, session) in batch.Sessions)
        {
            Put(session is null ? _removeSession.Bind(id)
                : _putSession.Bind(id).BindNullable(session.Account?.Value).Bind(session.Administrator).Bind(session.Address).Bind(session.PasswordNumber)
                    .Bind(session.Created).Bind(session.Expires).Bind(session.Remote).Bind(session.Client));
        }
    }

    private static void Put(Statement statement) => statement.Run();
}

/// <summary>The server's settings as rows: a name that is missing has its first value, a name that is not known is left alone.</summary>
internal static class SettingNames
{
    public static IEnumerable<(string Name, string Value)> Write(ServerSettings settings) =>
    [
        ("quota-bytes", settings.QuotaBytes.ToString(CultureInfo.InvariantCulture)),
        ("quota-messages", settings.QuotaMessages.ToString(CultureInfo.InvariantCulture)),
        ("postmaster", settings.Postmaster ?? ""),
        ("log-levels", settings.LogLevels),
    ];

    public static ServerSettings Read(IReadOnlyDictionary<string, string> values) => new()
    {
        QuotaBytes = Number(values, "quota-bytes"),
        QuotaMessages = Number(values, "quota-messages"),
        Postmaster = values.GetValueOrDefault("postmaster") is { Length: > 0 } postmaster ? postmaster : null,
        LogLevels = values.GetValueOrDefault("log-levels", ""),
    };

    private static long Number(IReadOnlyDictionary<string, string> values, string name) =>
        !values.TryGetValue(name, out var text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StoreException(StoreFailure.Corrupt, $"The setting {name} is not a number.");
}
