using Martlet.Server.Admin;
using Martlet.Server.Transfer;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Transfer;

/// <summary>Bringing mail along and taking it away.</summary>
internal static class TransferPages
{
    private const string Path = "/transfer";
    private const string Title = "Import and export";
    private const int RefreshSeconds = 2;

    // Each takes a core for itself and reads the whole account.
    private static readonly SemaphoreSlim Exports = new(4);

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes(long uploadBytesMax) =>
    [
        new("GET", Path, WebAccess.SignedIn, request => Show(request)),
        new("POST", "/transfer/import", WebAccess.SignedIn, ImportAsync) { BodyBytesMax = uploadBytesMax, IsStreamed = true },
        new("POST", "/transfer/stop", WebAccess.SignedIn, Stop),
        new("POST", "/transfer/export", WebAccess.SignedIn, ExportAsync),
    ];

    private static async Task<WebReply> ImportAsync(WebRequest request)
    {
        var (services, account) = (request.Services, request.Me.Account!);
        using var place = services.Imports.TryUpload(account.Id);
        if (place is null)
        {
            return Show(request, "Another import is running; wait until it is done, or stop it.");
        }

        if (services.Admin.TransferFolder is not { } folder)
        {
            return ErrorReplies.NotFound;
        }

        await using var upload = await Upload.ReadAsync(request, folder, services.Admin.TransferLimits);
        if (upload is null)
        {
            return ErrorReplies.WrongForm;
        }

        var into = upload.Field("into").Trim();
        if (upload.File is null || upload.Problem.Length > 0)
        {
            return Show(request, upload.Problem.Length > 0 ? upload.Problem : "Choose a file.", into);
        }

        var isDryRun = upload.Field("dry-run").Length > 0;
        var job = new ImportJob(upload.FileName, isDryRun, services.Time.GetUtcNow());
        // Ours until it has started.
        var file = upload.TakeFile();
        if (services.Imports.TryStart(account.Id, job, file, services.Admin, new ImportMail(account.Name) { Into = into.Length > 0 ? into : null, IsDryRun = isDryRun }))
        {
            return WebReply.Redirect(Path);
        }

        await file.DisposeAsync();
        job.Dispose();
        return Show(request, "Another import is running; wait until it is done, or stop it.", into);
    }

    private static WebReply Stop(WebRequest request)
    {
        request.Services.Imports.Find(request.Me.Account!.Id)?.Stop();
        return WebReply.Redirect(Path);
    }

    private static async Task<WebReply> ExportAsync(WebRequest request)
    {
        (ExportFormat Format, ExportPacking Packing)? choice = (request.Field("format"), request.Field("packing")) switch
        {
            ("maildir", "zip") => (ExportFormat.Maildir, ExportPacking.Zip),
            ("maildir", "tar.gz") => (ExportFormat.Maildir, ExportPacking.TarGz),
            ("mbox", "zip") => (ExportFormat.Mbox, ExportPacking.Zip),
            ("mbox", "tar.gz") => (ExportFormat.Mbox, ExportPacking.TarGz),
            _ => null,
        };
        if (choice is not { } chosen)
        {
            return Show(request, exportProblem: "Choose one of the kinds.");
        }

        if (!await Exports.WaitAsync(TimeSpan.Zero, request.Cancel))
        {
            return Show(request, exportProblem: "Too many exports are running; try again later.");
        }

        return WebReply.By(context => WriteAsync(request, context, new ExportMail(request.Me.Name) { Format = chosen.Format, Packing = chosen.Packing }, chosen.Packing));
    }

    private static async Task WriteAsync(WebRequest request, HttpContext context, ExportMail export, ExportPacking packing)
    {
        try
        {
            var extension = packing == ExportPacking.Zip ? "zip" : "tar.gz";
            context.Response.ContentType = packing == ExportPacking.Zip ? "application/zip" : "application/gzip";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"mail-{request.Services.Time.GetUtcNow():yyyy-MM-dd}.{extension}\"";
            var reply = await MailExport.RunAsync(request.Services.Admin, export, context.Response.Body, static _ => ValueTask.CompletedTask, request.Cancel);
            if (reply.Export is null)
            {
                // Half a file must not look like a whole one.
                context.Abort();
            }
        }
        finally
        {
            Exports.Release();
        }
    }

    private static WebReply Show(WebRequest request, string problem = "", string into = "", string exportProblem = "")
    {
        var job = request.Services.Imports.Find(request.Me.Account!.Id);
        var view = job is null ? null : ImportView.Of(job);
        return WebReply.Page<TransferPage>(
            request, Title, new TransferModel(FormTokens.Field, problem, into, exportProblem, view),
            problem.Length + exportProblem.Length > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, view is { IsRunning: true } ? RefreshSeconds : null);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="TokenField">Name of the token's field.</param>
/// <param name="Problem">Why an import did not begin; empty otherwise.</param>
/// <param name="Into">Mailbox that was named.</param>
/// <param name="ExportProblem">Why an export did not begin; empty otherwise.</param>
/// <param name="Import">The import that runs or ran last; null for none.</param>
public sealed record TransferModel(string TokenField, string Problem, string Into, string ExportProblem, ImportView? Import);

/// <summary>An import, as the page shows it.</summary>
public sealed record ImportView
{
    /// <summary>Name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Whether it runs.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>Messages done.</summary>
    public required long Done { get; init; }

    /// <summary>Messages there are; 0 when that is not known.</summary>
    public required long Total { get; init; }

    /// <summary>How it ended; empty while it runs.</summary>
    public required string Result { get; init; }

    /// <summary>Whether it ended well.</summary>
    public required bool IsDone { get; init; }

    /// <summary>Mailboxes that got messages.</summary>
    public required IReadOnlyList<MailboxCount> Mailboxes { get; init; }

    /// <summary>What was left out and why; the first of it.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    internal static ImportView Of(ImportJob job)
    {
        // Read before what it has told: an import that ends in between has then told all of it.
        var reply = job.Reply;
        var (news, problems) = job.Look();
        return new ImportView
        {
            FileName = job.FileName,
            IsDryRun = job.IsDryRun,
            Started = job.Started,
            IsRunning = reply is null,
            Done = news.Done,
            Total = news.Total,
            Result = reply?.Text ?? "",
            IsDone = reply?.Status == AdminStatus.Done,
            Mailboxes = reply?.Import?.Mailboxes ?? [],
            Problems = problems,
        };
    }
}
