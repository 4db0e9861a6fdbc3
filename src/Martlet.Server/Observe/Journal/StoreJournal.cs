using Martlet.Store.Changes;
using Martlet.Store.Operations;

namespace Martlet.Server.Observe.Journal;

/// <summary>An origin that tells the whole story of a message that came in, instead of the place alone.</summary>
/// <param name="By">smtp, submission.</param>
/// <param name="Id">Name of the transaction.</param>
public abstract record StoryOrigin(string By, string Id) : ChangeOrigin(By, Id)
{
    /// <summary>The record.</summary>
    /// <param name="places">Where the message is.</param>
    public abstract JournalRecord Tell(IReadOnlyList<JournalPlace> places);
}

/// <summary>Brings what happens in the store into the journal.</summary>
public sealed class StoreJournal(MailJournal journal, TimeProvider time) : IStoreObserver
{
    /// <inheritdoc/>
    public void Committed(in StoreCommit commit)
    {
        if (commit.Changes.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var change in commit.Changes)
        {
            journal.Add(new JournalItem(now, change, change switch
            {
                MessagesCopied copied => copied.FromUids.Count * 2,
                MessagesExpunged expunged => expunged.Uids.Count,
                _ => 0,
            }));
        }
    }

    /// <inheritdoc/>
    public void Failed()
    {
        // Nothing happened; who brought a message tells that it was refused.
    }

    /// <inheritdoc/>
    public void Added(IReadOnlyList<NewMessage> messages, IReadOnlyList<AddedMessage> added, ChangeOrigin? origin)
    {
        if (origin is StoryOrigin story)
        {
            journal.Add(story.Tell([.. added.Select(PlaceOf)]));
            return;
        }

        for (var i = 0; i < added.Count; i++)
        {
            journal.Add(new JournalRecord
            {
                Kind = JournalKinds.Added,
                By = origin?.By,
                Id = origin?.Id,
                MessageId = JournalText.MessageId(messages[i].Content.Structure.MessageId.Value),
                Size = messages[i].Content.Length,
                Places = [PlaceOf(added[i])],
            });
        }
    }

    private static JournalPlace PlaceOf(AddedMessage added) =>
        new(added.Mailbox.Account.Id.Value, added.Mailbox.Id.Value, JournalText.Cut(added.Mailbox.Info.Name), added.Uid.Value);
}
