using System.CommandLine;

namespace Martlet.Cli;

/// <summary>Options of the commands that import.</summary>
internal sealed class ImportOptions
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read everything and say what would be taken; change nothing." };
    private readonly Option<bool> _keepQuotes = new("--keep-quotes") { Description = "Leave \">From \" lines of mbox files as they are: for files whose writer did not add the \">\"." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_dryRun);
        command.Add(_keepQuotes);
    }

    public bool IsDryRun(ParseResult line) => line.GetValue(_dryRun);

    public bool KeepsQuotes(ParseResult line) => line.GetValue(_keepQuotes);
}
