using System.Net;
using Martlet.Network.Smtp;
using Martlet.Server.Config;

namespace Martlet.Server.Sendmail;

/// <summary>Finds and reads the configuration file.</summary>
internal static class SendmailConfigFile
{
    /// <summary>The file of the machine.</summary>
    public const string SystemPath = "/etc/martlet-sendmail.conf";

    /// <summary>Which file counts: the one named on the command line, the user's own, the machine's. A setgid program sees the last only.</summary>
    public static string Find(string? named, SendmailContext context)
    {
        if (context.IsPrivileged)
        {
            return SystemPath;
        }

        if (named is not null)
        {
            return Path.GetFullPath(named);
        }

        var folder = context.Variable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given : context.Variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".config") : null;
        var own = folder is null ? null : Path.Combine(folder, "martlet", "sendmail.conf");
        return own is not null && File.Exists(own) ? own : SystemPath;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="problem">What is wrong with it, each problem in a line; null when there is a configuration.</param>
    public static SendmailConfig? Read(string path, out string? problem)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > ConfigParser.FileBytesMax })
            {
                problem = $"{path} is larger than 1 MB: this is not a configuration.";
                return null;
            }

            return Parse(File.ReadAllText(path), path, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"The configuration {path} cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>Reads text.</summary>
    public static SendmailConfig? Parse(string text, string path, out string? problem)
    {
        var draft = new SendmailDraft { BaseFolder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/" };
        var lines = new ConfigLines<SendmailDraft>(SendmailTable.Options, draft);
        lines.Read(text);
        if (!lines.Has(SendmailTable.Options[0]))
        {
            lines.Miss(SendmailTable.Options[0]);
        }

        if (lines.Problems.Count == 0 && Contradiction(draft.Config) is { } reason)
        {
            lines.Problems.Add(new ConfigProblem(0, reason));
        }

        problem = lines.Problems.Count == 0 ? null : string.Join('\n', lines.Problems.Select(one => one.Describe(path)));
        return problem is null ? draft.Config : null;
    }

    private static string? Contradiction(SendmailConfig config) => config switch
    {
        { Password: not null, PasswordFile: not null } => "password and password-file name the same thing; give one of them.",
        { Password: not null, Address: null } or { PasswordFile: not null, Address: null } => "a password needs an address to log in with.",
        { KeyFile: not null, Security: SmtpSecurity.None } => "a key is shown in TLS only; remove 'tls off'.",
        { Security: SmtpSecurity.None } when HasPassword(config) && !IsThisMachine(config.Host) => "a password is not sent to another machine without TLS; remove 'tls off'.",
        _ => null,
    };

    private static bool HasPassword(SendmailConfig config) => config.Password is not null || config.PasswordFile is not null;

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
