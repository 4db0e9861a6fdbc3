using Martlet.Server.Transfer;

namespace Martlet.Server.Admin;

/// <summary>Runs requests on a store that this process has opened.</summary>
/// <param name="context">Store and helpers; the store is closed at the end.</param>
/// <param name="folder">Closed after the store: its lock.</param>
public sealed class LocalAdmin(AdminContext context, IDisposable folder) : IAdminChannel
{
    /// <inheritdoc/>
    public Task<AdminReply> RunAsync(AdminRequest request, CancellationToken cancel) => AdminRunner.RunAsync(request, context, cancel);

    /// <inheritdoc/>
    public Task<AdminReply> ImportAsync(ImportRequest request, Stream input, Action<TransferProgress> progress, CancellationToken cancel) =>
        AdminRunner.RunAsync(request, context with { Input = input, Progress = news => TellAsync(progress, news) }, cancel);

    /// <inheritdoc/>
    public Task<AdminReply> ExportAsync(ExportRequest request, Stream output, Action<TransferProgress> progress, CancellationToken cancel) =>
        AdminRunner.RunAsync(request, context with { Output = output, Progress = news => TellAsync(progress, news) }, cancel);

    private static ValueTask TellAsync(Action<TransferProgress> progress, TransferProgress news)
    {
        progress(news);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.Store.DisposeAsync();
        if (context.Journal is { } journal)
        {
            await journal.DisposeAsync();
        }

        folder.Dispose();
    }
}
