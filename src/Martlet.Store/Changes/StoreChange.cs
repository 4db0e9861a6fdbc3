using Martlet.Store.Model;

namespace Martlet.Store.Changes;

/// <summary>What an operation did to messages that were there before, for <see cref="IStoreObserver"/>. Lists are the operation's own: not to be changed, and not to be kept for long.</summary>
/// <param name="Account">Whose mail.</param>
/// <param name="Origin">Who asked for it; null when nobody said.</param>
public abstract record StoreChange(AccountId Account, ChangeOrigin? Origin);

/// <summary>Messages that are now in another mailbox, too or instead.</summary>
/// <param name="Account">Whose mail.</param>
/// <param name="Origin">Who asked for it.</param>
/// <param name="From">From where.</param>
/// <param name="To">To where.</param>
/// <param name="FromUids">UIDs there.</param>
/// <param name="ToUids">UIDs here, pairwise.</param>
/// <param name="IsMove">Whether they are not where they were any more.</param>
public sealed record MessagesCopied(
    AccountId Account, ChangeOrigin? Origin, NamedMailbox From, NamedMailbox To, IReadOnlyList<Uid> FromUids, IReadOnlyList<Uid> ToUids, bool IsMove)
    : StoreChange(Account, Origin);

/// <summary>Messages that are gone.</summary>
/// <param name="Account">Whose mail.</param>
/// <param name="Origin">Who asked for it.</param>
/// <param name="Mailbox">From where.</param>
/// <param name="Uids">Their UIDs.</param>
public sealed record MessagesExpunged(AccountId Account, ChangeOrigin? Origin, NamedMailbox Mailbox, IReadOnlyList<Uid> Uids) : StoreChange(Account, Origin);

/// <summary>A mailbox that is gone with its messages.</summary>
/// <param name="Account">Whose mail.</param>
/// <param name="Origin">Who asked for it.</param>
/// <param name="Mailbox">Which.</param>
public sealed record MailboxDeleted(AccountId Account, ChangeOrigin? Origin, NamedMailbox Mailbox) : StoreChange(Account, Origin);

/// <summary>A mailbox that has another name; its messages keep their UIDs.</summary>
/// <param name="Account">Whose mail.</param>
/// <param name="Origin">Who asked for it.</param>
/// <param name="Mailbox">Which, with the name it had.</param>
/// <param name="NewName">The name it has.</param>
public sealed record MailboxRenamed(AccountId Account, ChangeOrigin? Origin, NamedMailbox Mailbox, string NewName) : StoreChange(Account, Origin);

/// <summary>An account that is gone with all its mail.</summary>
/// <param name="Account">Which.</param>
/// <param name="Origin">Who asked for it.</param>
public sealed record AccountRemoved(AccountId Account, ChangeOrigin? Origin) : StoreChange(Account, Origin);

/// <summary>A mailbox as it was called when something happened in it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name then.</param>
public readonly record struct NamedMailbox(MailboxId Id, string Name);
