using System.Globalization;
using System.Reflection;

namespace Martlet.Store.Sqlite.Sql;

/// <summary>Brings a database to the version of this program: numbered SQL files, each in one transaction, the version in <c>user_version</c>.</summary>
internal static class Schema
{
    /// <summary>Version this program writes.</summary>
    public static int Version => Files().Count;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="Model.StoreException">The database was written by a newer program.</exception>
    public static void Migrate(Database database)
    {
        var files = Files();
        var version = (int)database.Scalar("PRAGMA user_version");
        if (version > files.Count)
        {
            throw new Model.StoreException(
                Model.StoreFailure.Unavailable, $"The store has version {version}, this program knows up to {files.Count}: it was written by a newer Martlet. Run that one.");
        }

        for (; version < files.Count; version++)
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(files[version])!);
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {reader.ReadToEnd()}; PRAGMA user_version = {version + 1}; COMMIT;"));
        }
    }

    private static List<string> Files() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
