using System.CommandLine;

namespace Martlet.Cli;

/// <summary>Options of the commands that import.</summary>
internal sealed class ImportOptions
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read everything and say what would be taken; change nothing." };
    private readonly Option<bool> _keepQuotes = new("--keep-quotes") { Description = "Leave \">From \" lines of mbox files as they are: for files whose writer did not add the \">\"." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_dryRun);
        command.Add(_keepQuotes);
        command.Add(_json);
    }

    public bool IsDryRun(ParseResult line) => line.GetValue(_dryRun);

    public bool KeepsQuotes(ParseResult line) => line.GetValue(_keepQuotes);

    public bool IsJson(ParseResult line) => line.GetValue(_json);
}
