using System.Net;
using Martlet.Server.Config;
using Martlet.Server.Setup;

namespace Martlet.Cli.Setup;

/// <summary>What quickstart is to make, and where. Nothing of it is done yet.</summary>
internal sealed record QuickstartPlan
{
    /// <summary>Where the configuration of a server of the whole machine is.</summary>
    public const string SystemFolder = "/etc/martlet";

    private const string SystemData = "/var/lib/martlet";
    private const string SystemUnits = "/etc/systemd/system";
    private const string UnitName = "martlet.service";

    /// <summary>The account, which also gets mail for postmaster.</summary>
    public required FirstAddress First { get; init; }

    /// <summary>The server's name.</summary>
    public required string Hostname { get; init; }

    /// <summary>Folder of the configuration file.</summary>
    public required string Folder { get; init; }

    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The systemd unit.</summary>
    public required string UnitPath { get; init; }

    /// <summary>Name of the user that the server runs as.</summary>
    public required string User { get; init; }

    /// <summary>How commands that work on the data folder are called: by the user whose it is.</summary>
    public required string Command { get; init; }

    /// <summary>Certificate files; null for one that the server makes.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Public addresses that were given; empty for those of the machine.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>The configuration file.</summary>
    public string ConfigPath => Path.Combine(Folder, "martlet.conf");

    /// <summary>Whether systemd looks for units where ours is.</summary>
    public bool IsSystemUnit => Path.GetDirectoryName(UnitPath) == SystemUnits;

    /// <summary>Text of the configuration file.</summary>
    public string ConfigText => BootFile.Write(Hostname, DataFolder, Tls);

    /// <summary>Makes the plan.</summary>
    /// <exception cref="UsageException">Something given is wrong.</exception>
    public static QuickstartPlan Make(string address, string? hostname, string? folder, string? data, string? user, string[] tls, string[] addresses)
    {
        var first = FirstAddress.Read(address) ?? throw new UsageException($"'{address}' is not an address; write it as in you@example.org.");
        var host = (hostname ?? "mail." + first.Domain).ToLowerInvariant();
        if (!HostNames.IsHostname(host) || !host.Contains('.', StringComparison.Ordinal))
        {
            throw new UsageException($"'{host}' is not a whole host name, such as mail.example.org{(hostname is null ? "; give one with --hostname" : "")}.");
        }

        var config = Path.GetFullPath(folder ?? SystemFolder);
        var isSystem = config == SystemFolder;
        var serverUser = user ?? (isSystem ? "martlet" : Environment.UserName);
        var made = new QuickstartPlan
        {
            First = first,
            Hostname = host,
            Folder = config,
            DataFolder = Path.GetFullPath(data ?? (isSystem ? SystemData : Path.Combine(config, "data"))),
            UnitPath = Path.Combine(isSystem ? SystemUnits : config, UnitName),
            User = serverUser,
            Command = serverUser == Environment.UserName ? "martlet" : $"sudo -u {serverUser} martlet",
            Tls = tls is [var certificate, var key] ? new TlsFiles(Path.GetFullPath(certificate), Path.GetFullPath(key))
                : tls.Length == 0 ? null
                : throw new UsageException("--tls takes two files: the certificate with its chain, and the key."),
            Addresses = [.. addresses.Select(text => IPAddress.TryParse(text, out var ip) ? ip : throw new UsageException($"'{text}' is not an IP address."))],
        };
        foreach (var path in new[] { made.ConfigPath, made.DataFolder, made.UnitPath, made.User, made.Tls?.Certificate ?? "", made.Tls?.Key ?? "" })
        {
            if (path.Any(char.IsControl))
            {
                throw new UsageException("a name has a line end or another control character in it.");
            }
        }

        return made;
    }

    /// <summary>Text of the unit.</summary>
    /// <param name="data">The data folder that the configuration file names.</param>
    public string UnitText(string data)
    {
        var program = Environment.ProcessPath ?? "/usr/local/bin/martlet";
        return new SystemdUnit
        {
            // Run as "dotnet martlet.dll" there is no program of that name.
            Program = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "martlet.dll")] : [program],
            ConfigPath = ConfigPath,
            DataFolder = data,
            User = User,
            RuntimeFolder = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && !root.Any(char.IsControl) ? root : null,
        }.Write();
    }
}
