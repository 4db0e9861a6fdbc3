using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Tests.Consistency;

/// <summary>Breaks a store on disk.</summary>
internal static class Damage
{
    public static void Execute(string folder, string sql)
    {
        using var database = new Database(Path.Combine(folder, "meta.db"), isWriter: true);
        database.Execute(sql);
    }

    /// <summary>Turns the bits of some bytes around.</summary>
    public static void Flip(string path, long offset, int count = 1)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[count];
        file.Position = offset;
        file.ReadExactly(bytes);
        for (var i = 0; i < count; i++)
        {
            bytes[i] ^= 0xFF;
        }

        file.Position = offset;
        file.Write(bytes);
    }
}
