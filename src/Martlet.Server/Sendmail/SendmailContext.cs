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

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
