namespace Martlet.Server.Imap.Commands;

/// <summary>NOOP and CHECK: RFC 9051 §6.1.2, RFC 3501 §6.4.1. A chance to tell what others did; nothing waits to be checked, every OK is on disk.</summary>
internal static class Noop
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session) => new(ImapResult.Ok("Done."));
}
