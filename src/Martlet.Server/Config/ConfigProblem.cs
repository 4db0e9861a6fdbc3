using System.Globalization;

namespace Martlet.Server.Config;

/// <summary>Something wrong in a configuration file.</summary>
/// <param name="Line">Line from 1 on; 0 when it is about the file as a whole.</param>
/// <param name="Reason">What is wrong and what to write instead.</param>
public sealed record ConfigProblem(int Line, string Reason)
{
    /// <summary>The problem as compilers write it: file, line, reason.</summary>
    public string Describe(string file) =>
        Line == 0 ? $"{file}: {Reason}" : string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}: {Reason}");
}

/// <summary>A configuration, or what is wrong with the file.</summary>
/// <param name="Config">Null when there are problems.</param>
/// <param name="Problems">All of them, by line.</param>
public sealed record ConfigResult(BootConfig? Config, IReadOnlyList<ConfigProblem> Problems);
