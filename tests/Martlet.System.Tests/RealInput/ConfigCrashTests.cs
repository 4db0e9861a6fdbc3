using System.Text;
using Martlet.SystemTests.Cli;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>kill -9 of the real server while a configuration is applied: after the next start it is the one before or the one after, whole, and what was acknowledged is there.</summary>
public sealed class ConfigCrashTests
{
    private const int Rounds = 12;

    [Fact(Explicit = true)]
    public async Task A_configuration_is_applied_whole_or_not_at_all_whatever_moment_the_server_is_killed()
    {
        var random = new Random(20261130);
        using var folder = new TempFolder();
        var data = folder["data"];
        await using (await RealServer.StartAsync(data))
        {
            // Makes the folder.
        }

        var (one, other) = (folder["one.txt"], folder["other.txt"]);
        var text = (await MartletProgram.RunAsync("config", "export", "--data", data)).Out;
        foreach (var (file, domain) in new[] { (one, "one.example"), (other, "other.example") })
        {
            // As the server itself writes it, to be compared letter by letter.
            await File.WriteAllTextAsync(file, $"{text}\ndomain {domain}\n{Many(domain)}");
            Assert.Equal(0, (await MartletProgram.RunAsync("config", "apply", "--remove-accounts", file, "--data", data)).Code);
            await File.WriteAllTextAsync(file, (await MartletProgram.RunAsync("config", "export", "--data", data)).Out);
        }

        var known = await File.ReadAllTextAsync(other);
        var killed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await RealServer.StartAsync(data);
            var wanted = round % 2 == 0 ? one : other;
            var applying = MartletProgram.RunAsync("config", "apply", "--remove-accounts", wanted, "--data", data);
            await Task.Delay(random.Next(250, 900));
            await server.KillAsync();
            var result = await applying;
            killed += result.Code == 0 ? 0 : 1;

            // Without a server: the command line works on the folder itself.
            var now = (await MartletProgram.RunAsync("config", "export", "--data", data)).Out;
            var after = await File.ReadAllTextAsync(wanted);
            Assert.True(now == after || (result.Code != 0 && now == known), $"round {round}: half of a configuration, or one that was acknowledged is not there\n{result}");
            known = now;
        }

        var (exit, output) = await RealServer.RunAsync("verify", data);
        Assert.True(exit == 0, output);
        Console.WriteLine($"{killed} of {Rounds} times the server was killed before it answered");
    }

    private static string Many(string domain)
    {
        var text = new StringBuilder();
        var accounts = Enumerable.Range(0, 200).Select(i => $"user{i:000}@{domain}").ToList();
        foreach (var account in accounts)
        {
            text.Append($"\naccount {account}\n    address also-{account}\n");
        }

        text.Append($"\nalias all@{domain}\n").AppendJoin("", accounts.Select(account => $"    member {account}\n"));
        return text.ToString();
    }
}
