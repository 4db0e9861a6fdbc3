using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Martlet.Load.Clients;

namespace Martlet.Load.Server;

/// <summary>A server in a process of its own: the tool's, or a real <c>martlet localserve</c>.</summary>
internal sealed class ServerProcess : IImapServer
{
    private const int PortOffset = 21_000;

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int SmtpPort { get; private set; }

    public int ImapPort { get; private set; }

    public int ImapsPort { get; private set; }

    /// <summary>Whether it is a real martlet, with one account only.</summary>
    public bool IsReal { get; private init; }

    public double CpuMilliseconds => Posix.CpuMilliseconds(Id);

    public string Address(int number) => IsReal ? "you@localhost" : Accounts.Address(number);

    public string Password => IsReal ? "localserve" : Accounts.Password;

    /// <summary>Starts a server on a folder; it has that many accounts when the folder was empty.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="folder">Its data.</param>
    /// <param name="users">Accounts.</param>
    /// <param name="key">Fingerprint of a key that logs in to the first account; null for none.</param>
    /// <param name="observe">none, metrics or all (with the journal of mail); not for a real server.</param>
    public static Task<ServerProcess> StartAsync(Arguments arguments, string folder, int users, string? key = null, string observe = "none") =>
        arguments.Text("server") is { } path ? StartRealAsync(path, folder) : StartOwnAsync(folder, users, key, observe);

    /// <summary>Collects garbage, when the server can be told to.</summary>
    /// <returns>Bytes of managed heap afterwards; 0 when not known.</returns>
    public async Task<long> CollectAsync()
    {
        var answer = await AskAsync("gc");
        return answer is null ? 0 : long.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public async Task<long> MemoryAsync()
    {
        await CollectAsync();
        return Posix.Memory(Id).Pss;
    }

    /// <summary>Group commits so far; 0 when not known.</summary>
    public async Task<long> BatchesAsync() => await AskAsync("batches") is { } answer ? long.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    public async ValueTask DisposeAsync()
    {
        if (IsReal)
        {
            using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
        else
        {
            _process.StandardInput.Close();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<ServerProcess> StartOwnAsync(string folder, int users, string? key, string observe)
    {
        var program = Environment.ProcessPath!;
        List<string> line = ["server", "--store", Path.Combine(folder, "store"), "--users", users.ToString(CultureInfo.InvariantCulture), "--observe", observe];
        if (key is not null)
        {
            line.AddRange(["--key", key]);
        }

        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            line.Insert(0, typeof(ServerProcess).Assembly.Location);
        }

        var process = Process.Start(new ProcessStartInfo(program, line) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var ready = await process.StandardOutput.ReadLineAsync() ?? throw new UsageException("The server process ended.");
        var ports = ready.Split(' ').Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new ServerProcess(process) { SmtpPort = ports[0], ImapPort = ports[1], ImapsPort = ports[2] };
    }

    private static async Task<ServerProcess> StartRealAsync(string path, string folder)
    {
        var start = new ProcessStartInfo(path, ["localserve", "--data", folder, "--port-offset", PortOffset.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var server = new ServerProcess(process) { IsReal = true, SmtpPort = 25 + PortOffset, ImapPort = 143 + PortOffset, ImapsPort = 993 + PortOffset };
        while (true)
        {
            try
            {
                using var probe = await Wire.ConnectAsync(server.ImapPort);
                await probe.LineAsync();
                return server;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(2);
            }
        }
    }

    private async Task<string?> AskAsync(string question)
    {
        if (IsReal)
        {
            return null;
        }

        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync();
    }
}
