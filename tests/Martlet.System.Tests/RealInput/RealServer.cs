using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>The real binary as a child process: <c>martlet localserve</c> on free ports over a data folder.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private RealServer(Process process, string data, int offset)
    {
        _process = process;
        Data = data;
        Offset = offset;
    }

    /// <summary>Account that localserve makes.</summary>
    public const string Address = "you@localhost";

    /// <summary>Its password.</summary>
    public const string Password = "localserve";

    /// <summary>Data folder.</summary>
    public string Data { get; }

    /// <summary>What is added to the standard ports.</summary>
    public int Offset { get; }

    public int SmtpPort => Offset + 25;

    public int ImapPort => Offset + 143;

    public int ImapsPort => Offset + 993;

    public int HttpPort => Offset + 80;

    public int HttpsPort => Offset + 443;

    public int AdminPort => Offset + 8443;

    /// <summary>Its self-signed certificate, for <c>localhost</c>.</summary>
    public string CertificatePath => Path.Combine(Data, "tls", "certificate.pem");

    /// <summary>Starts it; returns when it accepts connections.</summary>
    public static async Task<RealServer> StartAsync(string data, int? offset = null)
    {
        var used = offset ?? FreeOffset();
        var process = Start(["localserve", "--data", data, "--port-offset", used.ToString()]);
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new RealServer(process, data, used);
            }
        }

        throw new InvalidOperationException($"martlet ended at once: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Runs another command of the binary to its end.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; it must end by itself with exit code 0.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Binary()) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    // The build that is newest: CI builds Release, people mostly Debug.
    private static string Binary()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var builds = Path.Combine(folder.FullName, "artifacts", "bin", "martlet");
            if (Directory.Exists(builds))
            {
                return Directory.EnumerateFiles(builds, "martlet", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)
                    ?? throw new InvalidOperationException("Build src/martlet first.");
            }
        }

        throw new InvalidOperationException("No artifacts folder above the tests.");
    }

    // All ports of an offset must be free on both loopback addresses.
    private static int FreeOffset()
    {
        while (true)
        {
            var offset = Random.Shared.Next(10_000, 50_000);
            if (new[] { 25, 80, 143, 443, 465, 587, 993, 8090, 8443 }.All(port => IsFree(offset + port)))
            {
                return offset;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
