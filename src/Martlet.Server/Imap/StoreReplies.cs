using Martlet.Protocols.Imap;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>The store's refusals and failures in IMAP's words.</summary>
internal static class StoreReplies
{
    /// <summary>Reply for a refusal.</summary>
    /// <param name="refusal">Why the store did not do it.</param>
    /// <param name="isDestination">Whether the mailbox in question is one that CREATE could make (APPEND, COPY, MOVE).</param>
    public static ImapResult For(Refusal refusal, bool isDestination = false) => refusal switch
    {
        Refusal.NoSuchMailbox => NoSuchMailbox(isDestination),
        Refusal.NoSuchMessage => ImapResult.No(ResponseCode.ExpungeIssued, "The message is gone."),
        Refusal.MailboxExists or Refusal.AlreadyExists => ImapResult.No(ResponseCode.AlreadyExists, "A mailbox of that name exists."),
        Refusal.HasChildren => ImapResult.No(ResponseCode.HasChildren, "The mailbox has mailboxes below it; delete those first."),
        Refusal.BadName => ImapResult.No(ResponseCode.Cannot, "That name is not possible."),
        Refusal.OverQuota => ImapResult.No(ResponseCode.OverQuota, "The account's quota is reached; delete messages first."),
        Refusal.LimitReached => ImapResult.No(ResponseCode.Limit, "A limit of the server is reached."),
        Refusal.NoSuchAccount => ImapResult.No(ResponseCode.Unavailable, "The account is not available any more."),
        Refusal.None or Refusal.NoSuchDomain or Refusal.InUse or Refusal.ValueTooLarge or Refusal.BadUse => throw new InvalidOperationException($"{refusal} is no answer to a mail command."),
        _ => throw new InvalidOperationException("A refusal nobody knows."),
    };

    /// <summary>Reply for a missing mailbox.</summary>
    public static ImapResult NoSuchMailbox(bool isDestination = false) => isDestination
        ? ImapResult.No(ResponseCode.TryCreate, "No such mailbox.")
        : ImapResult.No(ResponseCode.NonExistent, "No such mailbox.");

    /// <summary>Reply for a failure of disk or database.</summary>
    public static ImapResult For(StoreException failure) => failure.Failure switch
    {
        StoreFailure.DiskFull => ImapResult.No(ResponseCode.Unavailable, "The server's disk is full; try again later."),
        StoreFailure.Corrupt => ImapResult.No(ResponseCode.Corruption, "Stored data is damaged; the administrator's log says which."),
        StoreFailure.Stopping => ImapResult.No(ResponseCode.Unavailable, "The server is stopping."),
        _ => ImapResult.No(ResponseCode.Unavailable, "The server cannot do that at the moment; try again later."),
    };
}
