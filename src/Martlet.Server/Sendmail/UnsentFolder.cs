using System.Globalization;
using System.Security.Cryptography;

namespace Martlet.Server.Sendmail;

/// <summary>
/// The folder with what could not be sent: one file a message and attempt, written once, flushed and renamed to its name, never changed. While one process sends
/// a message it holds a lock on the file; what then is still to be sent becomes a new file before the old one goes, so that a crash can double mail and never lose it.
/// </summary>
internal sealed class UnsentFolder(string path)
{
    private const string Extension = ".mail";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>The folder of a configuration.</summary>
    public static UnsentFolder Of(SendmailConfig config, SendmailContext context)
    {
        var usual = context.IsPrivileged ? "/var/spool/martlet-sendmail" : System.IO.Path.Combine(StateFolder(context), "martlet", "unsent");
        return new UnsentFolder(config.SpoolFolder ?? usual);
    }

    /// <summary>Keeps a message. When this returns, the disk has it.</summary>
    /// <returns>Path of the file.</returns>
    /// <exception cref="IOException">It is not kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public string Keep(UnsentMail mail)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{mail.Time.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        var file = System.IO.Path.Combine(path, name + Extension);
        var unfinished = System.IO.Path.Combine(path, name + ".new");
        try
        {
            using (var output = new FileStream(unfinished, Options(FileMode.CreateNew, FileAccess.Write)))
            {
                mail.WriteTo(output);
                output.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file);
            Libc.FlushDirectory(path);
            return file;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>All messages, oldest first.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(path) ? [.. Directory.GetFiles(path, "*" + Extension).Order(StringComparer.Ordinal)] : [];

    /// <summary>Opens a message for one process at a time.</summary>
    /// <returns>Null when it is somebody else's, another process has it, or it is gone.</returns>
    public static FileStream? Open(string file)
    {
        try
        {
            var stream = new FileStream(file, Options(FileMode.Open, FileAccess.ReadWrite));
            if (File.Exists(file))
            {
                return stream;
            }

            // Another process has sent it between the opening and the lock.
            stream.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads an open message; null when it is none.</summary>
    public static async Task<UnsentMail?> ReadAsync(FileStream file, CancellationToken cancel)
    {
        // A message with its envelope: recipients are limited too.
        if (file.Length > SendmailLimits.MessageBytesMax * 2L)
        {
            return null;
        }

        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        return UnsentMail.Read(bytes);
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew)
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static string StateFolder(SendmailContext context) =>
        context.Variable("XDG_STATE_HOME") is { Length: > 0 } given ? given : System.IO.Path.Combine(context.Variable("HOME") is { Length: > 0 } home ? home : "/var/tmp", ".local", "state");
}
