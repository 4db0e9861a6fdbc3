using System.Diagnostics;
using System.Text;

namespace Martlet.SystemTests.Cli;

/// <summary>What a run of the program gave.</summary>
public sealed record ProgramResult(int Code, string Out, string Error);

/// <summary>Runs the real program, as built beside the tests.</summary>
public static class MartletProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Path of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path of the program: the newest of the configurations that are built.</summary>
    public static string Path { get; } = Directory.GetFiles(global::System.IO.Path.Combine(Root, "artifacts", "bin", "martlet"), "martlet", SearchOption.AllDirectories)
        .OrderByDescending(File.GetLastWriteTimeUtc).First();

    /// <summary>Runs it to its end.</summary>
    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(input: "", arguments);

    /// <summary>Runs it to its end with that on standard input.</summary>
    public static async Task<ProgramResult> RunAsync(string input, string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var cancel = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(cancel.Token);
        return new ProgramResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        // No test may touch the data of whoever runs it.
        start.Environment["XDG_DATA_HOME"] = "/nonexistent";
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal.</summary>
    public static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(global::System.IO.Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }

        return folder.FullName;
    }
}
