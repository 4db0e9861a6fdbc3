using System.Diagnostics;
using System.Text;
using Martlet.SystemTests.Cli;
using Martlet.SystemTests.RealInput;

namespace Martlet.SystemTests.Clients;

/// <summary>A client program beside these tests, in its own language: it does the tasks and prints how each went.</summary>
internal static class ForeignProgram
{
    // Only a program that hangs takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Folder of these tests in the repository: the programs run from there, with their packages.</summary>
    public static string Folder { get; } = Path.Combine(MartletProgram.Root, "tests", "Martlet.System.Tests", "Clients");

    /// <summary>The message that all clients work with, with CRLF.</summary>
    public static byte[] Message() =>
        Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, "message.eml")).ReplaceLineEndings("\r\n"));

    /// <summary>Runs a program of the folder against the server. Its first line is <c>version TEXT</c>.</summary>
    public static async Task<(string Version, List<TaskResult> Results)> RunTasksAsync(RealServer server, string program, string script)
    {
        var (_, output) = await RunAsync(
            program,
            [
                Path.Combine(Folder, script), server.ImapPort.ToString(), server.ImapsPort.ToString(), server.SmtpPort.ToString(),
                server.CertificatePath, Path.Combine(Folder, "message.eml"), RealServer.Address, RealServer.Password,
            ]);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var results = lines.Select(TaskResult.Parse).OfType<TaskResult>().ToList();
        return results.Count == ClientTask.All.Length
            ? (lines[0]["version ".Length..], results)
            : throw new InvalidOperationException($"{script} ended early:\n{output}");
    }

    /// <summary>Runs a program to its end; it is killed when it takes too long.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="patience">How long it may take; null for some minutes.</param>
    /// <returns>Exit code; both outputs.</returns>
    public static async Task<(int Exit, string Output)> RunAsync(string program, IEnumerable<string> arguments, TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
