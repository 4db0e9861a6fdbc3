using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>A recorded attempt whose client may still say what it is.</summary>
public sealed class LoginTicket
{
    private readonly LoginJournal _journal;

    internal LoginTicket(LoginJournal journal, LoginEntry entry)
    {
        _journal = journal;
        Entry = entry;
    }

    /// <summary>What goes into the history. Under the journal's lock.</summary>
    internal LoginEntry Entry { get; set; }

    /// <summary>Whether the entry waits for its client. Under the journal's lock.</summary>
    internal bool IsWaiting { get; set; }

    /// <summary>Tells what the client is (IMAP ID, EHLO). The first text counts, and only while the entry is not on its way to the disk. Any thread.</summary>
    /// <param name="client">As the client gave it.</param>
    public void SetClient(string client) => _journal.SetClient(this, client);
}
