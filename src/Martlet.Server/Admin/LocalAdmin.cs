namespace Martlet.Server.Admin;

/// <summary>Runs requests on a store that this process has opened.</summary>
/// <param name="context">Store and helpers; the store is closed at the end.</param>
/// <param name="folder">Closed after the store: its lock.</param>
public sealed class LocalAdmin(AdminContext context, IDisposable folder) : IAdminChannel
{
    /// <inheritdoc/>
    public Task<AdminReply> RunAsync(AdminRequest request, CancellationToken cancel) => AdminRunner.RunAsync(request, context, cancel);

    /// <inheritdoc/>
    public Task<AdminReply> ImportAsync(ImportMbox request, Stream input, Action<ImportProgress> progress, CancellationToken cancel) =>
        AdminRunner.RunAsync(request, context with { Input = input, Progress = news => TellAsync(progress, news) }, cancel);

    private static ValueTask TellAsync(Action<ImportProgress> progress, ImportProgress news)
    {
        progress(news);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.Store.DisposeAsync();
        folder.Dispose();
    }
}
