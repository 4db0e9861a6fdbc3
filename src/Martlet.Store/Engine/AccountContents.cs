using Martlet.Store.Model;

namespace Martlet.Store.Engine;

/// <summary>Everything of an account except its messages, as it is stored.</summary>
public sealed record AccountContents(AccountRow Account, IReadOnlyList<MailboxRow> Mailboxes, KeywordTable Keywords, IReadOnlyList<string> Subscriptions);

/// <summary>Who is here: all domains, accounts and addresses.</summary>
public sealed record DirectoryContents(IReadOnlyList<string> Domains, IReadOnlyList<AccountRow> Accounts, IReadOnlyList<AddressRow> Addresses, AccountId NextAccount);
