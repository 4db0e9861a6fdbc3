using System.CommandLine;
using Martlet.Server.Observe;
using Microsoft.Extensions.Logging;

namespace Martlet.Cli;

/// <summary>The option <c>--log-level</c>.</summary>
internal sealed class LogLevelOption
{
    private readonly Option<string?> _option;
    private readonly LogLevel _otherwise;

    /// <summary>Makes it.</summary>
    /// <param name="otherwise">Level when it is not given.</param>
    /// <param name="name">Its name, for the help page.</param>
    public LogLevelOption(LogLevel otherwise, string name)
    {
        _otherwise = otherwise;
        _option = new Option<string?>("--log-level")
        {
            HelpName = "LEVELS",
            Description = $"debug, info, warning, error or none, and levels of single areas: info,smtp=debug. Otherwise {name}.",
        };
        _option.CompletionSources.Add("debug", "info", "warning", "error", "none");
    }

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Whether it is given.</summary>
    public bool IsGiven(ParseResult line) => line.GetValue(_option) is not null;

    /// <summary>The levels.</summary>
    /// <exception cref="UsageException">The text is wrong.</exception>
    public LogLevels Read(ParseResult line) => line.GetValue(_option) is { } text
        ? LogLevels.Parse(text, _otherwise, out var problem) ?? throw new UsageException(problem)
        : LogLevels.Same(_otherwise);
}
