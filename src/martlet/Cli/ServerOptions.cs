using System.CommandLine;
using Martlet.Server.Config;

namespace Martlet.Cli;

/// <summary>The options that say which server a command is about: <c>--config</c> or <c>--data</c>; localserve's folder when neither is given.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string?> _config = new("--config") { HelpName = "FILE", Description = "Configuration file of the server." };
    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = "Data folder of the server. Without both: localserve's, in your home folder." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_data);
    }

    /// <summary>The data folder that is meant, and the limits that hold in it.</summary>
    /// <exception cref="UsageException">Both are given, or the file is not there or not right.</exception>
    public ServerTarget Read(ParseResult line)
    {
        var config = line.GetValue(_config);
        var data = line.GetValue(_data);
        if (config is not null && data is not null)
        {
            throw new UsageException("--config and --data name the same thing; give one of them.");
        }

        return config is not null
            ? new ServerTarget(ConfigFile.Read(config), MayBeNew: true)
            : new ServerTarget(new BootConfig { Hostname = "localhost", DataFolder = data is null ? LocalFolder() : Path.GetFullPath(data) }, MayBeNew: false);
    }

    /// <summary>Localserve's data folder.</summary>
    public static string LocalFolder()
    {
        // XDG_DATA_HOME, or .local/share in the home folder.
        var share = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return share.Length > 0
            ? Path.Combine(share, "martlet", "localserve")
            : throw new UsageException("You have no home folder; name the data folder with --data DIR.");
    }
}

/// <summary>The server a command is about.</summary>
/// <param name="Config">Its configuration, as far as it is known.</param>
/// <param name="MayBeNew">Whether the data folder may be made: a configuration file names it on purpose, --data may be mistyped.</param>
internal sealed record ServerTarget(BootConfig Config, bool MayBeNew);
