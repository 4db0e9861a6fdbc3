using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>The openssl and python3 programs: TLS clients that are not ours.</summary>
internal static class OpenSslTool
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Runs openssl to its end.</summary>
    /// <returns>Its standard output.</returns>
    public static Task<byte[]> RunAsync(params string[] arguments) => StartAsync("openssl", arguments, Nothing);

    /// <summary>Connects as a TLS client and reads until the server closes.</summary>
    /// <returns>What s_client says and what the server sends.</returns>
    public static Task<string> ConnectAsync(IPEndPoint server, params string[] arguments) => ConnectWithAsync(server, Nothing, arguments);

    /// <summary>The same with variables in the environment.</summary>
    public static async Task<string> ConnectWithAsync(IPEndPoint server, Dictionary<string, string> environment, params string[] arguments) => Encoding.Latin1.GetString(
        await StartAsync("openssl", ["s_client", "-connect", $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", "-servername", "localhost", .. arguments], environment));

    /// <summary>Connects as a TLS client, types lines, and reads until the server closes.</summary>
    /// <returns>What the server sends.</returns>
    public static async Task<string> TalkAsync(IPEndPoint server, string input, params string[] arguments) => Encoding.Latin1.GetString(
        await StartAsync("openssl", ["s_client", "-quiet", "-crlf", "-connect", $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", .. arguments], Nothing, input));

    /// <summary>Runs a Python program to its end.</summary>
    public static async Task<string> PythonAsync(string program, params string[] arguments) =>
        Encoding.Latin1.GetString(await StartAsync("python3", ["-c", program, .. arguments], Nothing));

    private static async Task<byte[]> StartAsync(string program, IEnumerable<string> arguments, Dictionary<string, string> environment, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true, // Stays open: s_client leaves when its input ends.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }

            await process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(output.Length > 0, await error);
            return output.ToArray();
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
