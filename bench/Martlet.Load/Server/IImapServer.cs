namespace Martlet.Load.Server;

/// <summary>An IMAP server in processes of its own whose figures are taken.</summary>
internal interface IImapServer : IAsyncDisposable
{
    int ImapPort { get; }

    /// <summary>With TLS from the first byte on; 0 when there is none.</summary>
    int ImapsPort { get; }

    /// <summary>CPU time of all its processes so far; steps of 10.</summary>
    double CpuMilliseconds { get; }

    string Password { get; }

    string Address(int number);

    /// <summary>Memory of all its processes in kB, shared pages counted once (PSS), after a collection where there is one.</summary>
    Task<long> MemoryAsync();
}
