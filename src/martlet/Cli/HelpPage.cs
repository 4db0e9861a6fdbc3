using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Martlet.Cli;

/// <summary>Writes the help page of a command: what it does, how to call it, an example, what the exit codes mean.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    private const string ExitLine = "Exit codes: 0 done; 1 refused, or not all of it done; 2 wrong command line; 3 disk or network failed.";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Print(Write(parseResult.CommandResult.Command, terminal.Width));
        return ExitCodes.Done;
    }

    /// <summary>The page as text.</summary>
    public static string Write(Command command, int width)
    {
        var page = new StringBuilder();
        Paragraphs(page, command.Description ?? "", width);
        page.Append('\n').Append(Usage(command)).Append('\n');
        if (command is MartletCommand { Details.Length: > 0 } own)
        {
            page.Append('\n');
            Paragraphs(page, own.Details, width);
        }

        Rows(page, "Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? "")), width);
        Rows(page, "Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")), width);
        Rows(page, "Options", Options(command), width);
        if (command is MartletCommand { Examples.Length: > 0 } shown)
        {
            page.Append("\nExamples\n");
            foreach (var example in shown.Examples)
            {
                page.Append("  ").Append(example).Append('\n');
            }
        }

        page.Append('\n');
        if (command.Subcommands.Count > 0)
        {
            page.Append("More about one: ").Append(FullName(command)).Append(" COMMAND --help\n");
        }

        Paragraphs(page, command is MartletCommand { Exits: { Length: > 0 } exits } ? exits : ExitLine, width);
        return page.ToString();
    }

    /// <summary>The usage line: <c>Usage: martlet account add ADDRESS [options]</c>.</summary>
    public static string Usage(Command command)
    {
        var line = new StringBuilder("Usage: ").Append(FullName(command));
        foreach (var argument in command.Arguments)
        {
            line.Append(' ').Append(argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name);
        }

        foreach (var option in command.Options.Where(option => option.Required))
        {
            line.Append(' ').Append(option.Name).Append(' ').Append(option.HelpName);
        }

        return line.Append(command.Subcommands.Count > 0 ? " COMMAND" : command.Options.Any(option => !option.Required && option is not HelpOption) ? " [options]" : "").ToString();
    }

    /// <summary>Name with those of the commands above.</summary>
    public static string FullName(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is not null; symbol = symbol.Parents.FirstOrDefault())
        {
            names.Insert(0, symbol is RootCommand ? "martlet" : symbol.Name);
        }

        return string.Join(' ', names);
    }

    private static IEnumerable<(string, string)> Options(Command command) =>
        command.Options.Where(option => !option.Hidden && option is not HelpOption).Select(option =>
            (option.Arity.MaximumNumberOfValues == 0 ? option.Name : $"{option.Name} {option.HelpName}", (option.Description ?? "") + (option.Required ? " Required." : "")));

    private static void Rows(StringBuilder page, string title, IEnumerable<(string Name, string Text)> rows, int width)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        var indent = all.Max(row => row.Name.Length) + 4;
        page.Append('\n').Append(title).Append('\n');
        foreach (var (name, text) in all)
        {
            page.Append("  ").Append(name.PadRight(indent - 2));
            var isFirst = true;
            foreach (var line in Text.Wrap(text, Math.Max(30, width - indent)))
            {
                page.Append(isFirst ? "" : new string(' ', indent)).Append(line).Append('\n');
                isFirst = false;
            }
        }
    }

    private static void Paragraphs(StringBuilder page, string text, int width)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            foreach (var line in Text.Wrap(paragraph, width))
            {
                page.Append(line).Append('\n');
            }
        }
    }
}
