using System.Globalization;
using Martlet.Messages.Files;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Takes the messages of an mbox file into a mailbox, which is made when missing. Order, dates and flags are kept. What cannot be taken is told and left out;
/// what is taken stays, also when the import ends early.
/// </summary>
/// <param name="Address">Address of the account.</param>
/// <param name="MailboxName">Mailbox.</param>
public sealed record ImportMbox(string Address, string MailboxName) : AdminRequest
{
    /// <summary>Whether lines that begin with "&gt;From " keep their ">": for files that never had it added.</summary>
    public bool KeepQuotes { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (context.Store.Directory.FindAddress(address) is not { } entry || context.Store.OpenAccount(entry.Id) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        if (!MailboxPath.TryNormalize(MailboxName, context.Store.Limits, out var path))
        {
            return AdminRunner.Refused(Refusal.BadName, MailboxName);
        }

        var mailbox = account.FindMailbox(path);
        if (mailbox is null)
        {
            var created = await context.Store.CreateMailboxAsync(account, path);
            // Somebody else may have made it meanwhile.
            mailbox = created.Value ?? account.FindMailbox(path);
            if (mailbox is null)
            {
                return AdminRunner.Refused(created.Refusal, path);
            }
        }

        if (context.Input is not { } input)
        {
            return AdminReply.Failed("The import came without a file.");
        }

        return await ReadAsync(context, mailbox, input, cancel);
    }

    private async Task<AdminReply> ReadAsync(AdminContext context, Mailbox mailbox, Stream input, CancellationToken cancel)
    {
        await using var import = new MboxImport(context.Store, mailbox, context.Progress);
        var head = new HeadStream(input);
        string? ended = null;
        try
        {
            await foreach (var piece in MboxReader.ReadAsync(head, KeepQuotes ? MboxQuoting.Keep : MboxQuoting.Remove, cancel))
            {
                if (piece.IsStart)
                {
                    await import.StartMessageAsync(piece.Date);
                }
                else
                {
                    import.Write(piece.Bytes.Span);
                }

                if (import.IsStopped)
                {
                    break;
                }
            }

            await import.EndMessageAsync();
        }
        catch (OperationCanceledException)
        {
            ended = "The import was stopped.";
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            ended = $"The file could not be read to its end: {e.Message}";
        }

        // Bytes that follow a broken end may be half a message; it is left out.
        await import.FinishAsync();
        return Reply(import, head, mailbox, ended);
    }

    private static AdminReply Reply(MboxImport import, HeadStream head, Mailbox mailbox, string? ended)
    {
        var report = import.Report;
        var figures = string.Create(CultureInfo.InvariantCulture, $"{Count(report.Taken)} taken into {mailbox.Info.Name}");
        if (ended is not null)
        {
            return AdminReply.Failed($"{ended} {figures}; they stay. Running it again would take them a second time.") with { Import = report };
        }

        if (import.Messages == 0)
        {
            return head.Length == 0
                ? AdminReply.Done($"The file is empty; {figures}.") with { Import = report }
                : AdminReply.Refused("There is no message in the file: an mbox file begins with a line such as 'From ada@example.org Mon Jan  5 10:00:00 2026'.") with { Import = report };
        }

        if (!head.BeginsLikeMbox)
        {
            return AdminReply.Refused($"{figures}; what stands before the first 'From ' line of the file is not a message and was left out.") with { Import = report };
        }

        return report.NotTaken == 0 && !import.IsStopped
            ? AdminReply.Done($"{figures}.") with { Import = report }
            : AdminReply.Refused($"{figures}, {Count(report.NotTaken)} not taken.{(import.IsStopped ? " The rest of the file was not read." : "")}") with { Import = report };
    }

    private static string Count(long messages) => messages == 1 ? "1 message" : string.Create(CultureInfo.InvariantCulture, $"{messages} messages");
}
