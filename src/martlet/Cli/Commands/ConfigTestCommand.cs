using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Martlet.Network.Tls;
using Martlet.Server.Config;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Cli.Commands;

/// <summary>martlet config test.</summary>
internal static class ConfigTestCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Option<string>("--config") { HelpName = "FILE", Description = "Configuration file.", Required = true };
        var command = new MartletCommand("test", "Reads a configuration file and says what is wrong with it, all at once, without starting anything.")
        {
            Details = "Looks at every line and at the certificate. Ports are not tried: the running server has them.",
            Examples = ["martlet config test --config /etc/martlet/martlet.conf"],
        };
        command.Add(file);
        command.SetAction(line => Run(line.GetRequiredValue(file), terminal));
        return command;
    }

    private static int Run(string path, Terminal terminal)
    {
        var result = ConfigParser.ReadFile(path);
        var problems = result.Config is { } config && CertificateProblem(config) is { } reason ? [new ConfigProblem(0, reason)] : result.Problems;
        if (terminal.IsJson)
        {
            terminal.Print(Json(path, result.Config, problems));
        }
        else if (result.Config is { } right && problems.Count == 0)
        {
            Show(path, right, terminal);
        }
        else
        {
            foreach (var problem in problems)
            {
                terminal.Tell(problem.Describe(path));
            }
        }

        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static void Show(string path, BootConfig config, Terminal terminal)
    {
        terminal.Say($"{path} is right.");
        terminal.Say($"  {config.Hostname}, data in {config.DataFolder}, {(config.Tls is null ? "self-signed certificate" : config.Tls.Certificate)}");
        foreach (var group in config.Listeners.GroupBy(listener => listener.Protocol))
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  {group.Key.Name,-12} {string.Join(' ', group.Select(listener => listener.EndPoint))}"));
        }
    }

    private static string Json(string path, BootConfig? config, IReadOnlyList<ConfigProblem> problems)
    {
        var value = new JsonObject
        {
            ["status"] = problems.Count == 0 ? "done" : "refused",
            ["text"] = problems.Count == 0 ? $"{path} is right." : $"{path} is not right.",
            ["problems"] = new JsonArray([.. problems.Select(problem => new JsonObject { ["line"] = problem.Line, ["reason"] = problem.Reason })]),
        };
        if (config is not null)
        {
            value["hostname"] = config.Hostname;
            value["data"] = config.DataFolder;
            value["certificate"] = config.Tls?.Certificate;
            value["listeners"] = new JsonArray(
                [.. config.Listeners.Select(listener => new JsonObject { ["protocol"] = listener.Protocol.Name, ["address"] = listener.EndPoint.ToString() })]);
        }

        return JsonOutput.Text(value);
    }

    private static string? CertificateProblem(BootConfig config)
    {
        if (config.Tls is not { } tls)
        {
            return null;
        }

        try
        {
            var certificate = CertificateFiles.Open(tls.Certificate, tls.Key, NullLogger.Instance).Source.Certificate;
            return certificate.NotAfter.ToUniversalTime() < TimeProvider.System.GetUtcNow().UtcDateTime
                ? string.Create(CultureInfo.InvariantCulture, $"the certificate {tls.Certificate} expired on {certificate.NotAfter:yyyy-MM-dd}; get a new one.")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"the certificate {tls.Certificate} with key {tls.Key} cannot be used: {e.Message}";
        }
    }
}
