using System.CommandLine;
using Martlet.Server.Accounts;

namespace Martlet.Cli;

/// <summary>The three ways to give a password: typed twice without being shown, one line of standard input, or made by us.</summary>
internal sealed class PasswordOptions(Terminal terminal)
{
    private readonly Option<bool> _stdin = new("--password-stdin") { Description = "Take the password from the first line of standard input." };
    private readonly Option<bool> _generate = new("--generate") { Description = "Make a good password and show it." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_stdin);
        command.Add(_generate);
    }

    /// <summary>A good password, of ASCII letters and digits with hyphens between.</summary>
    public static string Generate() => GeneratedPassword.Make();

    /// <summary>Whether the password is made by us and must be shown.</summary>
    public bool IsGenerated(ParseResult line) => line.GetValue(_generate);

    /// <summary>Gets the password.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public string Read(ParseResult line)
    {
        if (line.GetValue(_stdin) && line.GetValue(_generate))
        {
            throw new UsageException("--password-stdin and --generate exclude each other.");
        }

        if (line.GetValue(_generate))
        {
            return Generate();
        }

        if (line.GetValue(_stdin))
        {
            return Terminal.ReadLine() ?? throw new UsageException("standard input is empty; the password must be its first line.");
        }

        return terminal.IsInputTyped ? Ask() : throw new UsageException("there is no terminal to type a password; use --password-stdin or --generate.");
    }

    private string Ask()
    {
        var first = terminal.ReadSecret("Password: ");
        var second = first is null ? null : terminal.ReadSecret("Again: ");
        if (first is null || second is null)
        {
            throw new UsageException("no password, nothing done.");
        }

        return first == second ? first : throw new UsageException("the two passwords are not the same; nothing done.");
    }
}
