using Martlet.Store;

namespace Martlet.Server.Imap.Search;

/// <summary>The mailbox a search looks at: the selected one as its session knows it, or another one as it is now.</summary>
/// <param name="View">Its messages.</param>
/// <param name="Map">Sequence numbers; of another mailbox those it has at this moment.</param>
/// <param name="SavedResult">What <c>$</c> stands for, ascending UIDs. It belongs to the selected mailbox and is empty for others.</param>
internal sealed record SearchedMailbox(MailboxView View, UidMap Map, uint[] SavedResult)
{
    /// <summary>The selected mailbox.</summary>
    public static SearchedMailbox Of(SelectedMailbox selected) => new(selected.View, selected.Map, selected.SavedResult);

    /// <summary>A mailbox that is not selected.</summary>
    public static SearchedMailbox Of(MailboxView view) => new(view, new UidMap(view.Opened.Uids), []);
}
