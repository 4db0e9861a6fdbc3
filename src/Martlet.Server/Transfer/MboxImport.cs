using System.Globalization;
using Martlet.Messages.Files;

namespace Martlet.Server.Transfer;

/// <summary>Takes the messages of one mbox file.</summary>
internal static class MboxImport
{
    /// <summary>Reads the file to its end, or until going on makes no sense.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name for people; empty when there is only this one.</param>
    /// <param name="mailbox">Where its messages go.</param>
    /// <param name="choices">How.</param>
    /// <param name="taker">Takes them.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Messages in the file.</returns>
    public static async Task<long> RunAsync(Stream file, string name, ImportMailbox mailbox, ImportChoices choices, MessageTaker taker, CancellationToken cancel)
    {
        var status = new MboxStatus();
        var count = 0L;
        try
        {
            await foreach (var piece in MboxReader.ReadAsync(file, choices.KeepQuotes ? MboxQuoting.Keep : MboxQuoting.Remove, cancel))
            {
                if (!piece.IsStart)
                {
                    taker.Write(status.Feed(piece.Bytes.Span));
                    continue;
                }

                await EndAsync(count, status, taker);
                if (taker.Stopped is not null)
                {
                    return count;
                }

                count++;
                var origin = string.Create(CultureInfo.InvariantCulture, $"{(name.Length > 0 ? name + ", " : "")}message {count}");
                await taker.BeginAsync(new IncomingMessage(mailbox, origin, piece.Date ?? DateTimeOffset.UnixEpoch));
                status.Clear();
            }

            await EndAsync(count, status, taker);
        }
        catch
        {
            // What follows a broken end may be half a message.
            taker.Forget();
            throw;
        }

        return count;
    }

    private static async Task EndAsync(long count, MboxStatus status, MessageTaker taker)
    {
        if (count > 0)
        {
            taker.Write(status.Finish());
            // A copy: the store reads them while the next message is looked at.
            await taker.EndAsync(status.Flags, [.. status.Keywords]);
        }
    }
}
