using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>HELP: RFC 5321 §4.1.1.8.</summary>
internal static class Help
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        var verbs = CommandTable.All.Where(command => command.Run != NotOffered.RunAsync).Select(command => command.Verb);
        return new(new SmtpReply(214, EnhancedStatus.Other, "Commands: " + string.Join(' ', verbs)));
    }
}
