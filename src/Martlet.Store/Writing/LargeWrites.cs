using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Store.Writing;

/// <summary>The bytes of large messages: written to files of their own by the task that brings them, before the writer hears of it.</summary>
internal static class LargeWrites
{
    /// <summary>Writes those of the messages that are large.</summary>
    /// <param name="blobs">Where to.</param>
    /// <param name="messages">Messages.</param>
    /// <param name="large">Gets the place of each, pairwise; filled as far as it came also on a failure.</param>
    public static async Task WriteAsync(IBlobStore blobs, IReadOnlyList<NewMessage> messages, BlobRef[] large)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Content.IsLarge)
            {
                var isLastUse = true;
                for (var later = i + 1; later < messages.Count; later++)
                {
                    isLastUse &= messages[later].Content != message.Content;
                }

                var header = new BlobHeader(message.Mailbox.Account.Id, default, message.Mailbox.Id, default, message.Flags);
                large[i] = await Task.Run(() => blobs.StoreLarge(header, message.Prefix.Span, message.Content.Large, isLastUse)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes the files again: the rows were not written.</summary>
    public static void Delete(IBlobStore blobs, BlobRef[] large)
    {
        foreach (var blob in large)
        {
            if (blob.Kind == BlobKind.Large)
            {
                try
                {
                    blobs.DeleteLarge(blob);
                }
                catch (StoreException)
                {
                    // The next start removes files that no email has; what went wrong first is what the caller must hear of.
                }
            }
        }
    }
}
