using Martlet.Server.Transfer;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>A request that comes with a file: <see cref="AdminContext.Input"/>.</summary>
public abstract record ImportRequest : AdminRequest;

/// <summary>A request whose answer comes with a file: <see cref="AdminContext.Output"/>.</summary>
public abstract record ExportRequest : AdminRequest;

/// <summary>What imports and exports have in common.</summary>
internal static class TransferRequests
{
    /// <summary>Finds the account.</summary>
    /// <returns>Null when there is no problem.</returns>
    public static AdminReply? Open(string text, AdminContext context, out Account account)
    {
        account = null!;
        if (AdminNames.Address(text, context) is not { } address)
        {
            return AdminNames.BadAddress(text);
        }

        if (context.Store.Directory.FindAddress(address) is not { } entry || context.Store.OpenAccount(entry.Id) is not { } found)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        account = found;
        return null;
    }

    /// <summary>Runs an import: one of the account at a time, with what goes wrong with its file as a sentence.</summary>
    /// <param name="context">Store and file.</param>
    /// <param name="account">Whose mail it becomes.</param>
    /// <param name="choices">How.</param>
    /// <param name="run">Reads the file; says what is to be told of it.</param>
    public static async Task<AdminReply> ImportAsync(
        AdminContext context, Account account, ImportChoices choices, Func<ImportRun, Stream, Task<ImportEnd>> run)
    {
        if (context.Input is not { } input)
        {
            return AdminReply.Failed("The import came without a file.");
        }

        using var place = context.Gate.TryEnter(account.Id, context.TransferLimits.ImportsAtOnceMax, out var problem);
        if (place is null)
        {
            return AdminReply.Refused(problem!);
        }

        var news = new TransferNews(context.Progress, context.TransferLimits.ProblemsMax);
        await using var taker = new MessageTaker(context.Store, account, choices, news);
        var import = new ImportRun(new ImportMailboxes(context.Store, account, choices, context.TransferLimits), taker, news);
        var end = new ImportEnd();
        try
        {
            end = await run(import, input);
        }
        catch (OperationCanceledException)
        {
            end = end with { Broken = "The import was stopped." };
        }
        catch (StoreException e)
        {
            end = end with { Broken = Failure(e) };
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            end = end with { Broken = $"The file could not be read to its end: {e.Message}" };
        }

        for (var isDone = false; !isDone;)
        {
            try
            {
                await taker.FinishAsync();
                isDone = true;
            }
            catch (StoreException e)
            {
                end = end with { Broken = end.Broken ?? Failure(e) };
            }
        }

        return ImportReplies.Of(import, end, choices, context.Store.QuotaOf(account).HasRoom(account.Row, taker.TakenBytes, taker.Taken));
    }

    private static string Failure(StoreException e) => e.Failure switch
    {
        StoreFailure.DiskFull => "The disk is full.",
        StoreFailure.Stopping => "The server is stopping.",
        _ => $"The store failed: {e.Message}",
    };
}

/// <summary>A running import.</summary>
internal sealed class ImportRun(ImportMailboxes mailboxes, MessageTaker taker, TransferNews news)
{
    /// <summary>Where mail goes.</summary>
    public ImportMailboxes Mailboxes { get; set; } = mailboxes;

    /// <summary>Takes it.</summary>
    public MessageTaker Taker => taker;

    /// <summary>Tells of it.</summary>
    public TransferNews News => news;
}

/// <summary>How the reading of an import's file ended.</summary>
internal sealed record ImportEnd
{
    /// <summary>Whether there was nothing at all in the file.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Why it was not read to its end, as a sentence; null when it was, or when the account is full.</summary>
    public string? Broken { get; init; }

    /// <summary>Why not all of it can be used, as a clause; null when it can.</summary>
    public string? Remark { get; init; }

    /// <summary>What is said when there was nothing to take in it; null when there was.</summary>
    public string? Nothing { get; init; }
}
