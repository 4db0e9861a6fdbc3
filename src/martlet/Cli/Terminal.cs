using System.Text;

namespace Martlet.Cli;

/// <summary>Where the program speaks: results to standard output, everything else to standard error.</summary>
internal sealed class Terminal
{
    private const int WidthMax = 110;

    private TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;

    /// <summary>Whether somebody looks at standard error as it comes.</summary>
    public bool IsErrorWatched { get; } = !Console.IsErrorRedirected;

    /// <summary>Whether the result is one JSON value on standard output, also when it is that something went wrong.</summary>
    public bool IsJson { get; set; }

    /// <summary>Whether somebody can type.</summary>
    public bool IsInputTyped { get; } = !Console.IsInputRedirected;

    /// <summary>Columns of text.</summary>
    public int Width { get; } = Console.IsOutputRedirected || Console.WindowWidth < 40 ? 100 : Math.Min(Console.WindowWidth - 1, WidthMax);

    /// <summary>Columns of the window where progress is shown.</summary>
    public int WindowWidth { get; } = Console.IsErrorRedirected || Console.WindowWidth < 40 ? 80 : Console.WindowWidth;

    /// <summary>A line of the result.</summary>
    public void Say(string line) => _out.WriteLine(line);

    /// <summary>Text of the result, with its line ends.</summary>
    public void Print(string text) => _out.Write(text);

    /// <summary>A line beside the result: errors, warnings.</summary>
    public void Tell(string line) => _error.WriteLine(line);

    /// <summary>Text beside the result as it is: prompts, progress.</summary>
    public void Hint(string text) => _error.Write(text);

    /// <summary>Reads one line of standard input; null at its end.</summary>
    public static string? ReadLine() => Console.In.ReadLine();

    /// <summary>Reads standard input to its end, or one character over the limit: what is longer need not be read to be refused.</summary>
    public static string ReadText(int charsMax)
    {
        var text = new char[charsMax + 1];
        return new string(text, 0, Console.In.ReadBlock(text));
    }

    /// <summary>Bytes of standard input.</summary>
    public static Stream OpenInput() => Console.OpenStandardInput();

    /// <summary>Standard output, for bytes.</summary>
    public static Stream OpenOutput() => Console.OpenStandardOutput();

    /// <summary>The same, with results on standard error: standard output has the bytes of a file.</summary>
    public Terminal OnErrorOnly() => new() { _out = _error };

    /// <summary>Asks for a line without showing what is typed.</summary>
    /// <returns>Null when the user gave up with Ctrl-D or Escape.</returns>
    public string? ReadSecret(string prompt)
    {
        _error.Write(prompt);
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    _error.WriteLine();
                    return text.ToString();
                case ConsoleKey.Escape:
                case ConsoleKey.D when key.Modifiers.HasFlag(ConsoleModifiers.Control):
                    _error.WriteLine();
                    return null;
                case ConsoleKey.Backspace when text.Length > 0:
                    text.Length--;
                    break;
                case ConsoleKey.U when key.Modifiers.HasFlag(ConsoleModifiers.Control):
                    text.Clear();
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        text.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
