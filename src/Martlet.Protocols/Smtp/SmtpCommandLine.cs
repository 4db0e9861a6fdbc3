using System.Buffers;

namespace Martlet.Protocols.Smtp;

/// <summary>A command line taken apart: verb and the raw rest (RFC 5321 §4.1.1).</summary>
public readonly ref struct SmtpCommandLine
{
    private SmtpCommandLine(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> argument, int argumentStart)
    {
        Verb = verb;
        Argument = argument;
        ArgumentStart = argumentStart;
    }

    // RFC 5321 §4.1.2 knows no control characters anywhere in a command; a tab is tolerated as the space it was meant to be.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b != '\t').Select(b => (byte)b), 127]);

    /// <summary>Letters of the verb as they came.</summary>
    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>What follows the verb, without spaces around it.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    /// <summary>Where <see cref="Argument"/> starts in the line.</summary>
    public int ArgumentStart { get; }

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">Without CRLF.</param>
    /// <param name="command">Verb and argument.</param>
    /// <returns>False when there is no verb, or control characters stand in the line.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out SmtpCommandLine command)
    {
        command = default;
        var end = 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit((char)line[end]) || line[end] == '-'))
        {
            end++;
        }

        if (end == 0 || (end < line.Length && line[end] is not ((byte)' ' or (byte)'\t')) || line.ContainsAny(Controls))
        {
            return false;
        }

        var argument = line[end..].TrimStart(" \t"u8);
        command = new SmtpCommandLine(line[..end], argument.TrimEnd(" \t"u8), line.Length - argument.Length);
        return true;
    }
}
