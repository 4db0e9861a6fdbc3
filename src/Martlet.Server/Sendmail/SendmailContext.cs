namespace Martlet.Server.Sendmail;

/// <summary>The world around one run of sendmail: streams, environment, clock.</summary>
public sealed record SendmailContext
{
    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output, for -bs and -bp.</summary>
    public required Stream Output { get; init; }

    /// <summary>Writes a line to standard error.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>An environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Names of all environment variables.</summary>
    public required IReadOnlyCollection<string> Variables { get; init; }

    /// <summary>Who runs the program.</summary>
    public required string UserName { get; init; }

    /// <summary>Name of this machine.</summary>
    public required string HostName { get; init; }

    /// <summary>The program has rights that its caller has not (setgid): nothing the caller says may choose a file.</summary>
    public bool IsPrivileged { get; init; }

    /// <summary>Largest message, in bytes; another one for tests.</summary>
    public int MessageBytesMax { get; init; } = SendmailLimits.MessageBytesMax;

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The world of this process. With rights that its caller has not, it first sees to it that no dump of it can be made.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="tell">Writes a line to standard error.</param>
    public static SendmailContext OfProcess(Stream input, Stream output, Action<string> tell)
    {
        if (Libc.IsPrivileged)
        {
            Libc.ForbidDumps();
        }

        return new SendmailContext
        {
            Input = input,
            Output = output,
            Tell = tell,
            Variable = Environment.GetEnvironmentVariable,
            Variables = [.. Environment.GetEnvironmentVariables().Keys.OfType<string>()],
            UserName = Environment.UserName,
            HostName = Environment.MachineName,
            IsPrivileged = Libc.IsPrivileged,
        };
    }
}
