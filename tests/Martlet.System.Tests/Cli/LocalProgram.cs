using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Martlet.SystemTests.Cli;

/// <summary>A running <c>martlet localserve</c> on free ports.</summary>
public sealed class LocalProgram : IAsyncDisposable
{
    private readonly StringBuilder _output;
    private readonly Task _reading;

    private LocalProgram(Process process, int portOffset, StringBuilder output, Task<string> error, Task reading)
    {
        Process = process;
        PortOffset = portOffset;
        Error = error;
        _output = output;
        _reading = reading;
    }

    public Process Process { get; }

    public int PortOffset { get; }

    /// <summary>Standard error, once it has ended.</summary>
    public Task<string> Error { get; }

    /// <summary>Standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it and waits for its first lines.</summary>
    public static async Task<LocalProgram> StartAsync(params string[] arguments)
    {
        while (true)
        {
            var offset = Random.Shared.Next(8, 57) * 1000 + Random.Shared.Next(1000);
            var process = MartletProgram.Start(["localserve", "--port-offset", offset.ToString(), .. arguments]);
            var output = new StringBuilder();
            var ready = new TaskCompletionSource();
            var reading = ReadAsync(process, output, ready);
            var program = new LocalProgram(process, offset, output, process.StandardError.ReadToEndAsync(), reading);
            await Task.WhenAny(ready.Task, reading).WaitAsync(TimeSpan.FromSeconds(60));
            if (ready.Task.IsCompleted)
            {
                return program;
            }

            var error = await program.Error;
            await program.DisposeAsync();
            if (!error.Contains("another program has port", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("localserve ended: " + error);
            }
        }
    }

    /// <summary>Connects to one of its ports.</summary>
    public async Task<StreamReader> ConnectAsync(int standardPort)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", standardPort + PortOffset);
        return new StreamReader(client.GetStream());
    }

    /// <summary>Stops it with a signal.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync(string signal)
    {
        await MartletProgram.SignalAsync(Process, signal);
        await Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await _reading;
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            await StopAsync("TERM");
        }

        await _reading;
        Process.Dispose();
    }

    private static async Task ReadAsync(Process process, StringBuilder output, TaskCompletionSource ready)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }

            if (line == "Ctrl-C stops it.")
            {
                ready.TrySetResult();
            }
        }
    }
}
