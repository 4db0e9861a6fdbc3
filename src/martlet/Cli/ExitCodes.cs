namespace Martlet.Cli;

/// <summary>What the program tells its caller. Every help page names them; scripts rely on them.</summary>
internal static class ExitCodes
{
    /// <summary>Done, all of it.</summary>
    public const int Done = 0;

    /// <summary>Not done, or not all of it: what was asked cannot be.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Disk, network or another program failed us.</summary>
    public const int Failed = 3;
}
