using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;

namespace Martlet.Cli.Completion;

/// <summary>
/// What can stand at the end of a command line. The scripts of <c>martlet completion</c> call it with the words after the program's name, the last one as far as it is
/// typed, and read a line for each suggestion: the word, a tab, what it does. <c>:files</c> and <c>:folders</c> let the shell go on with names of files.
/// </summary>
internal static class Suggestions
{
    public const string Files = ":files";
    public const string Folders = ":folders";

    /// <summary>Prints them.</summary>
    /// <returns>The exit code.</returns>
    public static int Show(Command root, string[] words, Terminal terminal)
    {
        foreach (var (word, about) in For(root, words))
        {
            terminal.Say(about.Length == 0 ? word : $"{word}\t{about}");
        }

        return ExitCodes.Done;
    }

    /// <summary>Finds them.</summary>
    /// <param name="root">The tree of commands.</param>
    /// <param name="words">Words after the program's name; the last one may be empty.</param>
    public static IEnumerable<(string Word, string About)> For(Command root, string[] words)
    {
        words = words is ["help", .. var rest] && rest.Length > 0 ? rest : words;
        if (words is not [.. var before, var current])
        {
            return [];
        }

        var place = new Place(root);
        foreach (var word in before)
        {
            place.Take(word);
        }

        return place.At(current).Where(found => found.Word.StartsWith(':') || found.Word.StartsWith(current, StringComparison.Ordinal));
    }

    /// <summary>How far a command line has come.</summary>
    private sealed class Place(Command root)
    {
        private readonly HashSet<Option> _given = [];
        private Command _command = root;
        private Option? _open;
        private int _arguments;
        private bool _isOnlyArguments;

        public void Take(string word)
        {
            if (_open is { } open && !(open.AllowMultipleArgumentsPerToken && word.StartsWith('-')))
            {
                _open = open.AllowMultipleArgumentsPerToken ? open : null;
            }
            else if (_isOnlyArguments || !word.StartsWith('-'))
            {
                Enter(word);
            }
            else if (word == "--")
            {
                _isOnlyArguments = true;
            }
            else if (Find(word.Split('=')[0]) is { } option)
            {
                _given.Add(option);
                _open = TakesValue(option) && !word.Contains('=', StringComparison.Ordinal) ? option : null;
            }
        }

        public IEnumerable<(string Word, string About)> At(string current)
        {
            if (_open is { } open && !(open.AllowMultipleArgumentsPerToken && current.StartsWith('-')))
            {
                return Values(open.HelpName ?? "", open.CompletionSources);
            }

            var equals = current.IndexOf('=', StringComparison.Ordinal);
            if (!_isOnlyArguments && equals > 0 && Find(current[..equals]) is { } assigned && TakesValue(assigned))
            {
                // The shell completes the value after the sign; names of files it cannot, the sign is part of the word for it.
                return Values(assigned.HelpName ?? "", assigned.CompletionSources).Where(found => !found.Word.StartsWith(':')).Select(found => (current[..(equals + 1)] + found.Word, found.About));
            }

            if (!_isOnlyArguments && current.StartsWith('-'))
            {
                return Options();
            }

            if (_command.Subcommands.Count > 0)
            {
                return _command.Subcommands.Where(below => !below.Hidden).Select(below => (below.Name, Line(below.Description)));
            }

            var values = _arguments < _command.Arguments.Count ? Values(_command.Arguments[_arguments].Name, _command.Arguments[_arguments].CompletionSources).ToList() : [];
            return values.Count > 0 || _isOnlyArguments || current.Length > 0 ? values : Options();
        }

        private void Enter(string word)
        {
            if (_command.Subcommands.FirstOrDefault(below => below.Name == word) is { } below)
            {
                (_command, _arguments) = (below, 0);
            }
            else
            {
                _arguments++;
            }
        }

        private IEnumerable<(string Word, string About)> Options() =>
            _command.Options.Where(option => !option.Hidden && (!_given.Contains(option) || option.AllowMultipleArgumentsPerToken)).Select(option =>
                option is HelpOption ? ("--help", "Shows the help page.") : (option.Name, Line(option.Description)));

        private Option? Find(string name) => _command.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

        private static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option is not HelpOption;

        private static IEnumerable<(string Word, string About)> Values(string name, IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) => name switch
        {
            "FILE" or "CERTIFICATE" or "KEY" or "STEM" => [(Files, "")],
            "DIR" or "FOLDER" => [(Folders, "")],
            _ => sources.SelectMany(source => source(CompletionContext.Empty)).Select(item => (item.Label, Line(item.Detail))),
        };

        // The first sentence: shells show one line.
        private static string Line(string? text)
        {
            var line = (text ?? "").Split('\n')[0].Replace('\t', ' ');
            var end = line.IndexOf(". ", StringComparison.Ordinal);
            return end < 0 ? line : line[..(end + 1)];
        }
    }
}
