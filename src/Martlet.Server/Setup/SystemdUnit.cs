using System.Buffers;

namespace Martlet.Server.Setup;

/// <summary>The systemd unit of a server: its own user, no rights but to open low ports, and nothing writable but the data folder. Pure.</summary>
public sealed record SystemdUnit
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(" \t'\"\\;");

    /// <summary>Full path of the program, and what must come first among its arguments.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Full path of the configuration file.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Full path of the data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The user that the server runs as.</summary>
    public required string User { get; init; }

    /// <summary>Folder of the .NET runtime, where the program would not find it by itself; null where it does.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>The unit's text.</summary>
    public string Write() => $"""
        [Unit]
        Description=Martlet mail server
        After=network-online.target
        Wants=network-online.target

        [Service]
        ExecStart={string.Join(' ', Program.Select(Command))} serve --config {Command(ConfigPath)}
        ExecReload=/bin/kill -HUP $MAINPID
        Type=exec
        Restart=on-failure
        RestartSec=5
        # Sessions get a goodbye, the store is closed.
        TimeoutStopSec=30
        LimitNOFILE=65536
        {(RuntimeFolder is null ? "" : $"Environment={Word("DOTNET_ROOT=" + RuntimeFolder)}\n")}
        # A fixed user, not DynamicUser=: the data folder belongs to it, and commands
        # that work on the folder while no server runs must be that user too.
        User={Value(User)}
        UMask=0077

        # Ports below 1024, and no other right.
        AmbientCapabilities=CAP_NET_BIND_SERVICE
        CapabilityBoundingSet=CAP_NET_BIND_SERVICE
        NoNewPrivileges=yes

        # It sees the system read-only, and writes to its data folder alone.
        ProtectSystem=strict
        ReadWritePaths={Word(DataFolder)}
        ProtectHome={(Uses("/home/", "/root/", "/run/user/") ? "read-only" : "yes")}
        PrivateTmp={(Uses("/tmp/", "/var/tmp/") ? "no" : "yes")}
        PrivateDevices=yes
        ProtectClock=yes
        ProtectControlGroups=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        ProtectProc=invisible
        RemoveIPC=yes

        # The network, local sockets, and netlink to learn the machine's addresses.
        RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        LockPersonality=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service
        SystemCallFilter=~@privileged @resources
        # .NET does not start without it.
        SystemCallFilter=sched_setaffinity
        SystemCallErrorNumber=EPERM
        # Not MemoryDenyWriteExecute=: .NET compiles its code while it runs, and would crash.

        [Install]
        WantedBy=multi-user.target

        """;

    // What is hidden from the server must not be where its own files are.
    private bool Uses(params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            if (Program.Append(ConfigPath).Append(DataFolder).Append(RuntimeFolder ?? "").Any(path => path.StartsWith(folder, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    // systemd.syntax(7): inside quotes backslash and quote mean something, percent everywhere (systemd.unit(5), specifiers).
    private static string Word(string text)
    {
        var escaped = text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return Value(text.AsSpan().ContainsAny(Quoted) ? $"\"{escaped}\"" : text);
    }

    // systemd.service(5): in command lines a dollar begins a variable.
    private static string Command(string text) => Word(text).Replace("$", "$$", StringComparison.Ordinal);

    private static string Value(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
