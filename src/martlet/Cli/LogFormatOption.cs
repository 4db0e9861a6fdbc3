using System.CommandLine;
using Martlet.Server.Observe;

namespace Martlet.Cli;

/// <summary>The option <c>--log-format</c>.</summary>
internal sealed class LogFormatOption
{
    private readonly Option<string?> _option = new("--log-format")
    {
        HelpName = "FORMAT",
        Description = $"How lines of the log look: {string.Join(" or ", LogFormat.All)}.",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The format.</summary>
    /// <param name="line">Command line.</param>
    /// <param name="otherwise">Format when it is not given.</param>
    /// <exception cref="UsageException">There is no such format.</exception>
    public LogFormat Read(ParseResult line, LogFormat otherwise) => line.GetValue(_option) is { } text
        ? LogFormat.Find(text) ?? throw new UsageException($"'{text}' is not a format of the log; there are {string.Join(", ", LogFormat.All)}.")
        : otherwise;
}
