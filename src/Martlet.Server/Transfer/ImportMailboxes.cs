using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>A mailbox that messages of an import go to.</summary>
internal sealed class ImportMailbox(string name)
{
    /// <summary>Its name in this account.</summary>
    public string Name { get; } = name;

    /// <summary>The mailbox; null in a dry run that would make it, and when it cannot be.</summary>
    public Mailbox? Mailbox { get; set; }

    /// <summary>Why nothing can be put there; null when it can.</summary>
    public string? Problem { get; set; }

    /// <summary>Whether the import made it, or would.</summary>
    public bool IsNew { get; set; }

    /// <summary>What it had before; read when the first message comes.</summary>
    public SeenMessages? Seen { get; set; }

    /// <summary>Messages it got.</summary>
    public long Messages { get; set; }
}

/// <summary>Finds the mailboxes of an import by the names that its source has for them, and makes those that are missing.</summary>
internal sealed class ImportMailboxes(MailStore store, Account account, ImportChoices choices, TransferLimits limits)
{
    private readonly Dictionary<string, ImportMailbox> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImportMailbox> _byName = new(StringComparer.Ordinal);

    /// <summary>All that were asked for.</summary>
    public IEnumerable<ImportMailbox> All => _byName.Values;

    /// <summary>Whether names are kept as they are: they come from an export of ours.</summary>
    public bool KeepsNames { get; set; }

    /// <summary>The mailbox for a name of the source.</summary>
    public async ValueTask<ImportMailbox> FindAsync(string source)
    {
        if (_bySource.TryGetValue(source, out var known))
        {
            return known;
        }

        var found = await OpenAsync(NameOf(source));
        if (_bySource.Count < 2 * limits.FoldersMax)
        {
            _bySource.Add(source, found);
        }

        return found;
    }

    /// <summary>Subscribes what the source has subscribed, and takes the subscription from mailboxes that were made here and the source has not subscribed.</summary>
    /// <param name="sources">Names of the source.</param>
    public async Task SubscribeAsync(IReadOnlyCollection<string> sources)
    {
        var names = sources.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var mailbox in _byName.Values.Where(mailbox => mailbox.Problem is null && !choices.IsDryRun))
        {
            if (names.Contains(mailbox.Name) || mailbox.IsNew)
            {
                await store.SetSubscribedAsync(account, mailbox.Name, names.Contains(mailbox.Name));
            }
        }
    }

    private string NameOf(string source)
    {
        if (choices.Into is { } into)
        {
            return source == MailboxPath.Inbox ? into : $"{into}{MailboxPath.Separator}{source}";
        }

        // "Sent Items" and the like become the mailbox that has the use here, whatever it is called.
        var end = source.IndexOf(MailboxPath.Separator, StringComparison.Ordinal);
        var level = end < 0 ? source : source[..end];
        var use = !KeepsNames && account.FindMailbox(source) is null ? FolderNames.UseOf(level) : SpecialUse.None;
        return use == SpecialUse.None ? source : (account.FindMailbox(use)?.Info.Name ?? FolderNames.NameOf(use)) + (end < 0 ? "" : source[end..]);
    }

    private async Task<ImportMailbox> OpenAsync(string name)
    {
        if (!MailboxPath.TryNormalize(name, store.Limits, out var path))
        {
            return new ImportMailbox(name) { Problem = "no mailbox can have this name" };
        }

        if (_byName.TryGetValue(path, out var known))
        {
            return known;
        }

        if (_byName.Count >= limits.FoldersMax)
        {
            return new ImportMailbox(path) { Problem = "there are too many folders (limit folders)" };
        }

        var mailbox = new ImportMailbox(path) { Mailbox = account.FindMailbox(path) };
        _byName.Add(path, mailbox);
        if (mailbox.Mailbox is not null)
        {
            return mailbox;
        }

        mailbox.IsNew = true;
        if (!choices.IsDryRun)
        {
            var use = choices.Into is null ? FolderNames.UseOf(path) : SpecialUse.None;
            var created = await store.CreateMailboxAsync(account, path, account.FindMailbox(use) is null ? use : SpecialUse.None);
            // Somebody else may have made it meanwhile.
            mailbox.Mailbox = created.Value ?? account.FindMailbox(path);
            mailbox.Problem = mailbox.Mailbox is not null ? null
                : created.Refusal == Refusal.LimitReached ? "the account has as many mailboxes as it can have"
                : $"its mailbox cannot be made ({created.Refusal})";
        }

        return mailbox;
    }
}
