using System.Text;
using Martlet.Messages.Files;
using Martlet.Server.Admin;
using Martlet.Server.Tests.Admin;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Reading;
using Xunit;

namespace Martlet.Server.Tests.Transfer;

/// <summary>A message as it is compared: everything of it that an import or export keeps.</summary>
internal sealed record MailItem(string Mailbox, string Text, long Seconds, MessageFlags Flags, string Keywords);

/// <summary>What tests of imports and exports need beside the store: archives from lists of paths, and all mail of an account as values.</summary>
internal static class TransferStore
{
    public const string Ada = "ada@example.org";
    public const string Bob = "bob@example.org";
    public const long Seconds = 1_041_379_200;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A message with LF at its line ends.</summary>
    public static string Message(object subject) => $"Subject: {subject}\n\nText of {subject}.\n";

    /// <summary>A tar file; null content is a folder. Each file is a second later than the one before.</summary>
    public static Task<byte[]> TarAsync(params (string Path, string? Content)[] entries) => PackAsync(stream => new TarWriter(stream), entries);

    /// <summary>A zip file of the same.</summary>
    public static Task<byte[]> ZipAsync(params (string Path, string? Content)[] entries) => PackAsync(stream => new ZipWriter(stream, new MemoryStream()), entries);

    public static async Task<AdminReply> ImportAsync(this AdminStore store, byte[] file, ImportRequest? request = null, List<string>? problems = null) =>
        await store.ImportAsync(new MemoryStream(file), request, problems);

    public static Task<AdminReply> ImportAsync(this AdminStore store, Stream file, ImportRequest? request = null, List<string>? problems = null) => store.Channel.ImportAsync(
        request ?? new ImportMail(Ada), file, news => problems?.AddRange(news.Problem is null ? [] : [news.Problem]), Cancel);

    public static async Task<byte[]> ExportAsync(this AdminStore store, ExportMail request, Action<AdminReply>? look = null)
    {
        var file = new MemoryStream();
        var reply = await store.Channel.ExportAsync(request, file, static _ => { }, Cancel);
        if (look is null)
        {
            Assert.True(reply.Status == AdminStatus.Done, reply.Text);
        }
        else
        {
            look(reply);
        }

        return file.ToArray();
    }

    /// <summary>All mail of an account, mailbox by mailbox, in the order of UIDs; texts with LF.</summary>
    public static async Task<List<MailItem>> MailAsync(this AdminStore store, string address = Ada)
    {
        var account = store.Store.OpenAccount(store.Store.Directory.FindAddress(address)!.Id)!;
        var all = new List<MailItem>();
        foreach (var mailbox in account.Mailboxes.Values)
        {
            using var view = await store.Store.OpenViewAsync(mailbox, new ChangeSignal());
            var rows = new MessageRow[view.Opened.Uids.Length];
            Assert.Equal(rows.Length, view.Read(view.Opened.Uids.Span, rows));
            foreach (var row in rows)
            {
                using var batch = new EmailBatch();
                store.Store.ReadEmails(batch, account, [row.Email]);
                Assert.True(batch.TryGet(row.Email, out var blob, out _));
                var bytes = new byte[blob.Length];
                for (var at = 0; at < bytes.Length;)
                {
                    at += store.Store.ReadBytes(account, row.Email, ref blob, at, bytes.AsSpan(at));
                }

                var keywords = account.Keywords.Members(row.Keywords).Select(account.Keywords.Name).Order(StringComparer.Ordinal);
                all.Add(new MailItem(mailbox.Info.Name, Encoding.Latin1.GetString(bytes), row.Received.UnixSeconds, row.Flags, string.Join(' ', keywords)));
            }
        }

        return all;
    }

    /// <summary>Names and subscriptions of an account.</summary>
    public static Account Account(this AdminStore store, string address = Ada) => store.Store.OpenAccount(store.Store.Directory.FindAddress(address)!.Id)!;

    /// <summary>Puts a message into a mailbox, which is made when missing.</summary>
    public static async Task AddAsync(this AdminStore store, string mailbox, string text, MessageFlags flags = MessageFlags.None, string[]? keywords = null, string address = Ada, long seconds = Seconds)
    {
        var account = store.Account(address);
        var found = account.FindMailbox(mailbox) ?? (await store.Store.CreateMailboxAsync(account, mailbox)).Value!;
        using var spool = store.Store.NewSpool();
        spool.Write(Encoding.Latin1.GetBytes(text));
        spool.Complete();
        var added = await store.Store.AddMessagesAsync(
            [new NewMessage { Mailbox = found, Content = spool, Flags = flags, Keywords = keywords ?? [], Received = DateTimeOffset.FromUnixTimeSeconds(seconds) }]);
        Assert.True(added.IsDone);
    }

    private static async Task<byte[]> PackAsync(Func<Stream, ArchiveWriter> create, (string Path, string? Content)[] entries)
    {
        var file = new MemoryStream();
        var writer = create(file);
        var date = DateTimeOffset.FromUnixTimeSeconds(Seconds);
        foreach (var (path, content) in entries)
        {
            date += TimeSpan.FromSeconds(1);
            if (content is null)
            {
                await writer.AddFolderAsync(path, date, Cancel);
                continue;
            }

            var bytes = Encoding.UTF8.GetBytes(content);
            await writer.BeginFileAsync(path, date, bytes.Length, Cancel);
            await writer.WriteAsync(bytes, Cancel);
            await writer.EndFileAsync(Cancel);
        }

        await writer.FinishAsync(Cancel);
        return file.ToArray();
    }
}
