using Martlet.Store.Directory;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Makes an account with its first address and the mailboxes everybody starts with.</summary>
/// <param name="address">Normalized address in a domain of ours.</param>
/// <param name="access">Password and secrets.</param>
/// <param name="accounts">Takes in the new account after the commit.</param>
internal sealed class AddAccount(string address, AccountAccess access, AccountCache accounts) : StoreOperation<Account>
{
    private static readonly (string Name, SpecialUse Use)[] FirstMailboxes =
    [
        (MailboxPath.Inbox, SpecialUse.None),
        ("Archive", SpecialUse.Archive),
        ("Drafts", SpecialUse.Drafts),
        ("Junk", SpecialUse.Junk),
        ("Sent", SpecialUse.Sent),
        ("Trash", SpecialUse.Trash),
    ];

    internal override StoreResult<Account> Apply(WriteContext context)
    {
        var directory = context.Directory;
        var state = directory.Contents;
        if (!state.Domains.ContainsKey(address[(address.LastIndexOf('@') + 1)..]))
        {
            return Refusal.NoSuchDomain;
        }

        if (state.IsTarget(address))
        {
            return Refusal.AlreadyExists;
        }

        Check.That(state.NextAccount.Value < 1 << 27, "Account numbers have 27 bits.");
        var row = new AccountRow
        {
            Id = state.NextAccount,
            Name = address,
            Access = access,
            ModSeq = new ModSeq(1),
            NextEmail = new EmailId(1),
            NextMailbox = new MailboxId(1),
            // Starts at the clock, so that an account made again under the same name never repeats a UIDVALIDITY that clients remember.
            NextUidValidity = new UidValidity((uint)context.Now.ToUnixTimeSeconds()),
        };
        var account = new Account(new AccountContents(row, [], KeywordTable.Empty, [], []), context.Limits);
        var staged = context.Add(account);
        var modSeq = staged.NextModSeq();
        foreach (var (name, use) in FirstMailboxes)
        {
            staged.Create(name, use, modSeq);
            staged.SetSubscribed(context, name, isSubscribed: true);
        }

        directory.Update(state with
        {
            Accounts = state.Accounts.Add(row.Id, new AccountEntry(row.Id, address, access)),
            Addresses = state.Addresses.Add(address, row.Id),
            NextAccount = new AccountId(row.Id.Value + 1),
        });
        context.Batch.Addresses.Add(new(address, row.Id));
        context.AfterCommit(() => accounts.Add(account));
        return account;
    }
}
