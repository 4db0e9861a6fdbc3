using System.Text;
using Martlet.Server.Sendmail;
using Martlet.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Martlet.Server.Tests.Sendmail;

/// <summary>What a run of sendmail in the test's process gave.</summary>
internal sealed record SendmailRun(int Code, string Out, string Error)
{
    /// <summary>Surroundings in which nothing of the machine can be seen.</summary>
    public static SendmailContext Context(string input, Dictionary<string, string> variables) => new()
    {
        Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
        Output = new MemoryStream(),
        Tell = static _ => { },
        Variable = variables.GetValueOrDefault,
        Variables = variables.Keys,
        UserName = "ada",
        HostName = "client.example",
        Time = new FakeTimeProvider(TestServer.Start),
    };

    /// <summary>Runs a command line.</summary>
    public static async Task<SendmailRun> RunAsync(SendmailContext context, params string[] words)
    {
        var error = new StringBuilder();
        var output = new MemoryStream();
        var code = await SendmailProgram.RunAsync(words, context with { Output = output, Tell = line => error.Append(line).Append('\n') });
        return new SendmailRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
