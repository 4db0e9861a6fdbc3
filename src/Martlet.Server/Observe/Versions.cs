using System.Reflection;

namespace Martlet.Server.Observe;

/// <summary>Which program this is.</summary>
public static class Versions
{
    /// <summary>Version of the program, for example 0.1.0.</summary>
    public static string Program { get; } = Read();

    private static string Read()
    {
        var version = typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? version : version[..plus];
    }
}
