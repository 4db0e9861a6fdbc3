namespace Martlet.Protocols.Imap.Commands;

/// <summary>IDLE: RFC 9051 §6.3.13. The command has no arguments; it ends with a line that is not a command.</summary>
public static class IdleCommand
{
    /// <summary>Whether a line received while idle is <c>DONE</c>, in any case. Anything else is a protocol error.</summary>
    /// <param name="line">One line of <see cref="CommandFramer.NextLine"/>, with or without its end.</param>
    public static bool IsDone(ReadOnlySpan<byte> line) => System.Text.Ascii.EqualsIgnoreCase(CommandFramer.TrimLineEnd(line), "DONE"u8);
}
