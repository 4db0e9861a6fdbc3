using Martlet.Server.Transfer;

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
    Task<AdminReply> ImportAsync(ImportRequest request, Stream input, Action<TransferProgress> progress, CancellationToken cancel);

    /// <summary>Carries out an export.</summary>
    /// <param name="request">What of.</param>
    /// <param name="output">Gets the file, which is whole only when the reply has a report. The caller keeps it.</param>
    /// <param name="progress">Gets news, on any thread, one at a time.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="IOException">The server went away, or the output failed.</exception>
    Task<AdminReply> ExportAsync(ExportRequest request, Stream output, Action<TransferProgress> progress, CancellationToken cancel);
}
