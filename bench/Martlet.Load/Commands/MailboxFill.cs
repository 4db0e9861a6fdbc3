using System.Globalization;
using System.Text;
using Martlet.Load.Clients;
using Martlet.Load.Server;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Load.Commands;

/// <summary>Fills a mailbox with the messages of <see cref="Mail"/>, with dates and flags by their number: the same for every server.</summary>
internal static class MailboxFill
{
    public const int MessageBytes = 2048;
    private const int Group = 500;

    /// <summary>Puts so many messages into the INBOX of the first account, straight into a store.</summary>
    public static async Task StoreAsync(string folder, int messages)
    {
        await using var store = SqliteStore.Open(folder, new StoreLimits(), TimeProvider.System, NullLogger.Instance);
        var inbox = (await Accounts.EnsureAsync(store, 1))[0].FindMailbox(MailboxPath.Inbox)!;
        Task<StoreResult<IReadOnlyList<AddedMessage>>> previous = Task.FromResult<StoreResult<IReadOnlyList<AddedMessage>>>(Array.Empty<AddedMessage>());
        for (var at = 0; at < messages; at += Group)
        {
            var group = new List<NewMessage>();
            for (var i = at; i < Math.Min(messages, at + Group); i++)
            {
                var spool = store.NewSpool();
                spool.Write(Mail.Make(i, MessageBytes));
                spool.Complete();
                group.Add(new NewMessage { Mailbox = inbox, Content = spool, Received = Received(i), Flags = IsSeen(i) ? MessageFlags.Seen : MessageFlags.None });
            }

            // The next group is made while the writer stores this one; its spools are given back a round later.
            var stored = store.AddMessagesAsync(group);
            if (!(await previous).IsDone)
            {
                throw new UsageException("The mailbox could not be filled.");
            }

            previous = WithSpoolsAsync(stored, group);
        }

        await previous;
    }

    /// <summary>Appends the same messages over IMAP, many with one command.</summary>
    public static async Task AppendAsync(IImapServer server, int user, int messages)
    {
        using var client = await ImapClient.LoginAsync(server.ImapPort, server.Address(user), server.Password);
        using var command = new MemoryStream();
        for (var at = 0; at < messages; at += Group)
        {
            command.SetLength(0);
            command.Write("x9 APPEND INBOX"u8);
            for (var i = at; i < Math.Min(messages, at + Group); i++)
            {
                var message = Mail.Make(i, MessageBytes);
                var flags = IsSeen(i) ? "\\Seen" : "";
                command.Write(Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $" ({flags}) \"{Received(i):dd-MMM-yyyy HH:mm:ss} +0000\" {{{message.Length}+}}\r\n")));
                command.Write(message);
            }

            command.Write("\r\n"u8);
            await client.Wire.SendAsync(command.GetBuffer().AsMemory(0, (int)command.Length));
            var end = await client.Wire.SkipToAsync("x9 ");
            if (!end.StartsWith("x9 OK", StringComparison.Ordinal))
            {
                throw new UsageException("The mailbox could not be filled: " + end);
            }
        }
    }

    private static DateTimeOffset Received(int number) => new DateTimeOffset(2024, 1, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(number * 7L % 1_000_000);

    private static bool IsSeen(int number) => number % 10 != 0;

    private static async Task<StoreResult<IReadOnlyList<AddedMessage>>> WithSpoolsAsync(Task<StoreResult<IReadOnlyList<AddedMessage>>> stored, List<NewMessage> group)
    {
        try
        {
            return await stored;
        }
        finally
        {
            group.ForEach(message => message.Content.Dispose());
        }
    }
}
