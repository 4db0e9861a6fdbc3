using Martlet.Server.Transfer;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Takes the messages of an mbox file into a mailbox, which is made when missing. Order, dates and flags are kept. What the mailbox has already is not taken again;
/// what cannot be taken is told and left out; what is taken stays, also when the import ends early.
/// </summary>
/// <param name="Address">Address of the account.</param>
/// <param name="MailboxName">Mailbox.</param>
public sealed record ImportMbox(string Address, string MailboxName) : ImportRequest
{
    private const string Nothing = "There is no message in the file: an mbox file begins with a line such as 'From ada@example.org Mon Jan  5 10:00:00 2026'.";

    /// <summary>Whether lines that begin with "&gt;From " keep their ">": for files that never had it added.</summary>
    public bool KeepQuotes { get; init; }

    /// <summary>Whether everything is read and counted, and nothing changed.</summary>
    public bool IsDryRun { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (TransferRequests.Open(Address, context, out var account) is { } problem)
        {
            return problem;
        }

        if (!MailboxPath.TryNormalize(MailboxName, context.Store.Limits, out var path))
        {
            return AdminRunner.Refused(Refusal.BadName, MailboxName);
        }

        // The name is the administrator's and not a foreign program's: it is taken as it is.
        var choices = new ImportChoices { Into = path, KeepQuotes = KeepQuotes, IsDryRun = IsDryRun };
        return await TransferRequests.ImportAsync(context, account, choices, (run, input) => ReadAsync(run, input, choices, cancel));
    }

    /// <summary>Reads an mbox file into the mailbox of the choices.</summary>
    internal static async Task<ImportEnd> ReadAsync(ImportRun run, Stream input, ImportChoices choices, CancellationToken cancel)
    {
        var (head, whole) = await HeadStream.PeekAsync(input, 5, cancel);
        var mailbox = await run.Mailboxes.FindAsync(MailboxPath.Inbox);
        if (mailbox.Problem is { } problem)
        {
            throw new InvalidDataException($"{mailbox.Name}: {problem}.");
        }

        var messages = await MboxImport.RunAsync(whole, "", mailbox, choices, run.Taker, cancel);
        return new ImportEnd
        {
            IsEmpty = head.IsEmpty,
            Nothing = messages == 0 ? Nothing : null,
            Remark = messages > 0 && !head.Span.SequenceEqual("From "u8) ? "what stands before the first 'From ' line of the file is not a message and was left out" : null,
        };
    }
}
