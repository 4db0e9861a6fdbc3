using System.CommandLine;

namespace Martlet.Cli;

/// <summary>A command with what its help page shows beyond names and options.</summary>
internal sealed class MartletCommand(string name, string description) : Command(name, description)
{
    /// <summary>More about it, in paragraphs; empty when the description says it all.</summary>
    public string Details { get; init; } = "";

    /// <summary>What its exit codes mean; empty for those of all commands.</summary>
    public string Exits { get; init; } = "";

    /// <summary>Whether it gives nothing that a program would read as JSON: it runs until it is stopped, or its result is a text for another program.</summary>
    public bool HasNoJson { get; init; }

    /// <summary>Command lines as one would type them.</summary>
    public string[] Examples { get; init; } = [];
}
