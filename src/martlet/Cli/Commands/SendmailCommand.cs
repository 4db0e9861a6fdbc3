using System.CommandLine;
using System.Text;
using Martlet.Server.Sendmail;

namespace Martlet.Cli.Commands;

/// <summary>martlet sendmail. Its options are those of the sendmail programs, which the parser of the other commands cannot read; in the tree it is for its help page.</summary>
internal static class SendmailCommand
{
    private const string Name = "sendmail";

    public static Command Create() => new MartletCommand(Name, "Sends a message from standard input through your mail server, as /usr/sbin/sendmail does for cron and mutt.")
    {
        Details = """
            Takes the options of sendmail programs: recipients as arguments, -t to take them from To, Cc and Bcc as well, -i or -oi so that a line with a dot alone is text, -f ADDRESS the sender, -F NAME the author's name, -bs to speak SMTP on standard input and output, -bp to list what is kept, -q or --retry to send what is kept, -C FILE another configuration. -bm, -oe..., -od..., -B..., -N, -R, -V, -O and -v are accepted and change nothing. Started by a link of the name sendmail it is this command.

            The server, the account and the key or password are in $XDG_CONFIG_HOME/martlet/sendmail.conf or /etc/martlet-sendmail.conf; docs/sendmail.md describes them. Bcc is removed. What cannot be sent is kept in a folder, and standard error says where and why.
            """,
        Exits = "Exit codes, as sysexits.h has them: 0 sent to all; 64 wrong command line; 65 too large; 67 no such recipient; 69 refused; 74 not kept; 75 kept for later; 77 not let in; 78 wrong configuration.",
        HasNoJson = true,
        Examples = ["printf 'To: ada@example.org\\nSubject: Hello\\n\\nIt works.\\n' | martlet sendmail -t", "ln -s /usr/local/bin/martlet /usr/sbin/sendmail", "martlet sendmail --retry"],
    };

    /// <summary>The words after the name when a command line is one of sendmail; else null.</summary>
    public static string[]? Find(string[] args) => args switch
    {
        [Name, "--help" or "-?"] => null,
        [Name, .. var words] => words,
        _ => IsCalledSendmail() ? args : null,
    };

    /// <summary>Runs it.</summary>
    /// <returns>One of <see cref="SendmailExit"/>.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        return await SendmailProgram.RunAsync(words, SendmailContext.OfProcess(input, output, Console.Error.WriteLine));
    }

    // The runtime hides the name that the program was called by; the kernel keeps it.
    private static bool IsCalledSendmail()
    {
        try
        {
            var line = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
            var name = line[..Math.Max(line.IndexOf((byte)0), 0)];
            return Path.GetFileName(Encoding.UTF8.GetString(name)) == Name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // Another system, or no /proc: then it is called by its own name.
        }
    }
}
