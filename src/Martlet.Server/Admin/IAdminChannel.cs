namespace Martlet.Server.Admin;

/// <summary>Where the command line sends requests: to a running server through its control socket, or to the store it has opened itself.</summary>
public interface IAdminChannel : IAsyncDisposable
{
    /// <summary>Carries out a request.</summary>
    /// <exception cref="IOException">The server went away.</exception>
    Task<AdminReply> RunAsync(AdminRequest request, CancellationToken cancel);

    /// <summary>Carries out an import.</summary>
    /// <param name="request">Where to.</param>
    /// <param name="input">The file; read to its end unless the import ends before. The caller keeps it.</param>
    /// <param name="progress">Gets news, on any thread, one at a time.</param>
    /// <param name="cancel">Stops it; what is taken by then stays.</param>
    /// <exception cref="IOException">The server went away.</exception>
    Task<AdminReply> ImportAsync(ImportMbox request, Stream input, Action<ImportProgress> progress, CancellationToken cancel);
}
