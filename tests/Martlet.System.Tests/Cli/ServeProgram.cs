using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Martlet.Testing;

namespace Martlet.SystemTests.Cli;

/// <summary>A running <c>martlet serve</c> with a configuration of its own, for <c>example.org</c>, that serves imaps.</summary>
internal sealed class ServeProgram : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly Process _process;
    private readonly Task<string> _rest;

    private ServeProgram(TempFolder folder, Process process, int port)
    {
        (_folder, _process, ImapsPort) = (folder, process, port);
        _rest = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Port on the loopback address.</summary>
    public int ImapsPort { get; }

    /// <summary>Path of the configuration file; files of a test may lie beside it.</summary>
    public string Config => _folder["martlet.conf"];

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="accounts">Addresses of accounts to make first, without a password anybody knows.</param>
    public static async Task<ServeProgram> StartAsync(params string[] accounts)
    {
        var folder = new TempFolder();
        var (port, config) = (FreePort(), folder["martlet.conf"]);
        await File.WriteAllTextAsync(config, $"hostname mail.example.org\ndata data\nlisten imaps 127.0.0.1:{port}\n");
        await MartletProgram.RunAsync("domain", "add", "example.org", "--config", config);
        foreach (var account in accounts)
        {
            await MartletProgram.RunAsync("account", "add", account, "--generate", "--config", config);
        }

        var process = MartletProgram.Start("serve", "--config", config);
        await WaitForAsync(process.StandardError, "msg=started");
        return new ServeProgram(folder, process, port);
    }

    /// <summary>Path of a file beside the configuration.</summary>
    public string PathOf(string name) => _folder[name];

    /// <summary>Reads lines until one has the text.</summary>
    /// <returns>That line.</returns>
    public static async Task<string> WaitForAsync(StreamReader log, string text)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await log.ReadLineAsync(cancel.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The log ended without '{text}'.");
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await MartletProgram.SignalAsync(_process, "TERM");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await _rest;
        _process.Dispose();
        _folder.Dispose();
    }
}
