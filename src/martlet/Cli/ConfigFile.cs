using Martlet.Server.Config;

namespace Martlet.Cli;

/// <summary>Reads the configuration file for a command.</summary>
internal static class ConfigFile
{
    /// <summary>The configuration.</summary>
    /// <exception cref="UsageException">The file is wrong; every problem is in the message, with its line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BootConfig Read(string path)
    {
        var result = ConfigParser.ReadFile(path);
        return result.Config ?? throw new UsageException("the configuration is not right:\n" + string.Join('\n', result.Problems.Select(problem => problem.Describe(path))));
    }
}
