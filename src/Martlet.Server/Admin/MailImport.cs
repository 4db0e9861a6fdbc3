using Martlet.Server.Transfer;

namespace Martlet.Server.Admin;

/// <summary>Import for callers inside the server, such as pages: a stream in, a report out.</summary>
public static class MailImport
{
    /// <summary>Takes the mail of a file into an account.</summary>
    /// <param name="context">Store and limits of the running server.</param>
    /// <param name="request">Which account, and how. A page passes the address of whoever is logged in.</param>
    /// <param name="content">
    /// The file, zip, tar, tar.gz or mbox, as it comes from an upload or, when it can seek, from its beginning. Read asynchronously; the caller keeps it. What cannot
    /// seek and must is kept in the data folder meanwhile, up to <see cref="TransferLimits.SpoolBytesMax"/>.
    /// </param>
    /// <param name="progress">Gets news, often: once a message. The import waits for it.</param>
    /// <param name="cancel">Stops it; what is taken by then stays, and the reply says so.</param>
    /// <returns>Done, or refused when not all was taken, with <see cref="AdminReply.Import"/>; failed when the file is broken or the import was stopped.</returns>
    public static Task<AdminReply> RunAsync(
        AdminContext context, ImportRequest request, Stream content, Func<TransferProgress, ValueTask> progress, CancellationToken cancel) =>
        AdminRunner.RunAsync(request, context with { Input = content, Progress = progress }, cancel);
}

/// <summary>Export for callers inside the server, such as pages: a report out, and a file into a stream.</summary>
public static class MailExport
{
    /// <summary>Writes mail of an account as one file.</summary>
    /// <param name="context">Store and limits of the running server.</param>
    /// <param name="request">Which account and mailboxes, and how. A page passes the address of whoever is logged in.</param>
    /// <param name="output">Gets the file as it is made, in pieces of some hundred kilobytes; written asynchronously, need not seek; the caller keeps it.</param>
    /// <param name="progress">Gets news, often: once a message. The export waits for it.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>
    /// With <see cref="AdminReply.Export"/> the file is whole; refused with it when some messages could not be read. Refused without it, nothing was written: no such
    /// account or mailbox. Failed: the file is not whole.
    /// </returns>
    /// <exception cref="IOException">The output failed.</exception>
    public static Task<AdminReply> RunAsync(
        AdminContext context, ExportRequest request, Stream output, Func<TransferProgress, ValueTask> progress, CancellationToken cancel) =>
        AdminRunner.RunAsync(request, context with { Output = output, Progress = progress }, cancel);
}
