using System.Globalization;
using Martlet.Protocols.Smtp;
using Martlet.Server.Admin;
using Martlet.Server.Config;

namespace Martlet.Server.Settings;

/// <summary>
/// Reads a configuration as text: blocks that begin with settings, domain, account, alias or administrator, each with lines of its own. Goes on after an error, so
/// that one look shows all that is wrong, each with its line.
/// </summary>
internal sealed class SettingsReader
{
    /// <summary>Characters of a file.</summary>
    public const int CharsMax = 64 * 1024 * 1024;

    /// <summary>What is wrong that is told; the rest is counted.</summary>
    public const int ProblemsMax = 100;

    private const string VersionOfFormat = "1";

    private readonly SettingsAssembly _assembly = new();
    private Func<List<string>, int, string?> _takeLine = static (words, _) => $"'{words[0]}' stands before the first block; blocks begin with settings, domain, account, alias or administrator.";
    private bool _hasVersion;

    /// <summary>Reads text.</summary>
    /// <returns>The document, or what is wrong with it.</returns>
    public static (SettingsDocument? Document, IReadOnlyList<ConfigProblem> Problems) Read(string text)
    {
        if (text.Length > CharsMax)
        {
            return (null, [new ConfigProblem(0, $"the file is larger than {CharsMax / 1024 / 1024} MB: this is not a configuration.")]);
        }

        var reader = new SettingsReader();
        var problems = reader._assembly.Problems;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (reader.Take(line.ToString(), number) is { } problem)
            {
                problems.Add(new ConfigProblem(number, problem));
            }

            if (problems.Count > ProblemsMax)
            {
                return (null, [.. problems.Take(ProblemsMax), new ConfigProblem(number, "there is more wrong; these first.")]);
            }
        }

        if (!reader._hasVersion && problems.Count == 0)
        {
            problems.Add(new ConfigProblem(0, $"the line 'version {VersionOfFormat}' is missing: is this what martlet config export wrote?"));
        }

        var document = reader._assembly.Finish();
        return problems.Count == 0 ? (document, []) : (null, [.. problems.OrderBy(problem => problem.Line).Take(ProblemsMax)]);
    }

    private string? Take(string line, int number)
    {
        if (ConfigWords.Split(line, out var problem) is not { } words)
        {
            return problem;
        }

        return words switch
        {
            [] => null,
            ["version", VersionOfFormat] => Note(() => _hasVersion = true),
            ["version", ..] => $"this program reads version {VersionOfFormat} of the format.",
            ["settings"] => Begin(_assembly.Begin(new ServerDraft(number)), SettingsTables.Server),
            ["domain", var name] => AdminNames.Domain(name) is { } domain ? Begin(_assembly.Begin(new DomainDraft(number, domain)), SettingsTables.Domain) : $"'{name}' is not a domain name.",
            ["account", var name] => TryAddress(name) is { } address ? Begin(_assembly.Begin(new AccountDraft(number, address)), SettingsTables.Account) : NoAddress(name),
            ["alias", var name] => TryAddress(name) is { } address ? Begin(_assembly.Begin(new AliasDraft(number, address)), SettingsTables.Alias) : NoAddress(name),
            ["administrator", var name] => Begin(_assembly.Begin(new AdministratorDraft(number, name.ToLowerInvariant())), SettingsTables.Administrator),
            ["settings" or "domain" or "account" or "alias" or "administrator", ..] => $"'{words[0]}' begins a block and has {(words[0] == "settings" ? "no name" : "one name")} after it.",
            _ => _takeLine(words, number),
        };
    }

    private string? Begin<TDraft>(TDraft draft, IReadOnlyList<ConfigOption<At<TDraft>>> options)
    {
        var at = new At<TDraft>(draft);
        var lines = new ConfigLines<At<TDraft>>(options, at);
        _takeLine = (words, number) =>
        {
            at.Line = number;
            return lines.Take(words, number);
        };
        return null;
    }

    private static string? Note(Action note)
    {
        note();
        return null;
    }

    private static EmailAddress? TryAddress(string text) => EmailAddress.TryParse(text, out var address) && address.Domain.Literal is null ? address : null;

    private static string NoAddress(string text) => string.Create(CultureInfo.InvariantCulture, $"'{text}' is not an address; write it as in ada@example.org.");
}
