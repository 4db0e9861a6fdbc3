namespace Martlet.Load.Commands;

/// <summary>One operation on a large mailbox.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="PrepareAsync">Brings about what must be so before the command; not timed. Gets the number of the run.</param>
/// <param name="RunAsync">The command; timed. Gets the number of the run.</param>
internal sealed record MailboxRow(string Name, Func<MailboxTarget, int, Task> PrepareAsync, Func<MailboxTarget, int, Task> RunAsync)
{
    private const int Bodies = 5000;

    /// <summary>All rows, in the order they are to run: those at the end leave another mailbox selected.</summary>
    public static IEnumerable<MailboxRow> All(int messages)
    {
        yield return Plain("SELECT warm", "SELECT INBOX");
        yield return Plain("FETCH 1:* (UID FLAGS)", "FETCH 1:* (UID FLAGS)");
        yield return Plain("FETCH 1:* (ENVELOPE)", "FETCH 1:* (ENVELOPE)");
        yield return Plain("FETCH 1:* (BODYSTRUCTURE)", "FETCH 1:* (BODYSTRUCTURE)");
        yield return Plain("FETCH 1:* (ENVELOPE BODYSTRUCTURE)", "FETCH 1:* (ENVELOPE BODYSTRUCTURE)");
        yield return Plain("FETCH 1:* five header fields", "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT DATE MESSAGE-ID)])");
        yield return Plain("FETCH 5,000 bodies", $"FETCH 1:{Math.Min(Bodies, messages)} (BODY.PEEK[])");
        yield return Plain("UID SEARCH UNSEEN", "UID SEARCH UNSEEN");
        yield return Plain("UID SEARCH SINCE", "UID SEARCH SINCE 1-Mar-2025");
        yield return Plain("UID SEARCH SENTSINCE", "UID SEARCH SENTSINCE 1-Mar-2025");
        yield return Plain("UID SEARCH SUBJECT", "UID SEARCH SUBJECT \"budget train\"");
        yield return Plain("UID SEARCH TEXT rare", "UID SEARCH TEXT " + Mail.RareWord);
        yield return Plain("UID SEARCH TEXT common", "UID SEARCH TEXT garden");
        yield return Plain("UID SEARCH BODY rare", "UID SEARCH BODY " + Mail.RareWord);
        yield return new("STORE 1:* FLAGS.SILENT", Nothing, (target, run) => target.Client.RunLargeAsync($"STORE 1:* {Sign(run)}FLAGS.SILENT (\\Flagged)"));
        yield return new("STORE 1:* FLAGS with replies", Nothing, (target, run) => target.Client.RunLargeAsync($"STORE 1:* {Sign(run)}FLAGS (\\Answered)"));
        yield return new(
            "FETCH CHANGEDSINCE, 10 changes", (target, run) => target.ChangeAsync(10, 0, run),
            (target, _) => target.Client.RunLargeAsync($"FETCH 1:* (UID FLAGS) (CHANGEDSINCE {target.ModSeq})"));
        yield return new("SELECT QRESYNC, 10 changes", PrepareResyncAsync, (target, _) => target.Client.RunLargeAsync($"SELECT INBOX (QRESYNC ({target.UidValidity} {target.ModSeq}))"));
        yield return new("COPY all", (target, _) => target.MakeAnewAsync("Copies"), (target, _) => target.Client.RunLargeAsync("COPY 1:* Copies"));
        yield return new("MOVE all", PrepareMoveAsync, (target, _) => target.Client.RunLargeAsync("MOVE 1:* Moved"));
        yield return new("EXPUNGE all", PrepareExpungeAsync, (target, _) => target.Client.RunLargeAsync("EXPUNGE"));
    }

    private static char Sign(int run) => run % 2 == 0 ? '+' : '-';

    private static MailboxRow Plain(string name, string command) => new(name, Nothing, (target, _) => target.Client.RunLargeAsync(command));

    private static Task Nothing(MailboxTarget target, int run) => Task.CompletedTask;

    private static async Task PrepareResyncAsync(MailboxTarget target, int run)
    {
        await target.Client.RunLargeAsync("ENABLE QRESYNC");
        await target.ChangeAsync(5, 5, run);
        await target.Client.RunLargeAsync("UNSELECT");
    }

    private static async Task PrepareMoveAsync(MailboxTarget target, int run)
    {
        await target.CopyAllAsync();
        await target.MakeAnewAsync("Moved");
        await target.Client.RunLargeAsync("SELECT Copies");
    }

    private static async Task PrepareExpungeAsync(MailboxTarget target, int run)
    {
        await target.CopyAllAsync();
        await target.DeleteAsync("Moved");
        await target.Client.RunLargeAsync("SELECT Copies");
        await target.Client.RunLargeAsync("STORE 1:* +FLAGS.SILENT (\\Deleted)");
    }
}
