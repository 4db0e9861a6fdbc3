using Martlet.Store.Directory;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Writing;

namespace Martlet.Store;

/// <summary>Changes of how the server is set up: domains, aliases, settings, administrators, sessions of the web pages. They are in force when their task completes.</summary>
/// <remarks>Thread safe. What is set up is read from <see cref="MailStore.Directory"/>. No change of mail: no modseq, no announcement.</remarks>
public sealed class SettingsStore
{
    private readonly StoreWriter _writer;

    internal SettingsStore(StoreWriter writer) => _writer = writer;

    /// <summary>Told which accounts have become so full that their owners should hear of it: again with each change until a message with <see cref="NewMessage.QuotaNotice"/> tells them. On the writer thread: it must not wait.</summary>
    public Action<AccountId>? QuotaCrossed
    {
        get => _writer.QuotaCrossed;
        set => _writer.QuotaCrossed = value;
    }

    /// <summary>Makes mail for a domain ours. AlreadyExists.</summary>
    /// <param name="domain">Lower case A-labels.</param>
    public Task<StoreResult<Done>> AddDomainAsync(string domain) => AddDomainAsync(new DomainEntry { Name = domain });

    /// <summary>Makes mail for a domain ours. AlreadyExists, BadName, NoSuchAddress.</summary>
    public Task<StoreResult<Done>> AddDomainAsync(DomainEntry domain) => RunAsync(new SetDomain(domain, MustBeNew: true));

    /// <summary>Changes a domain. NoSuchDomain, BadName, NoSuchAddress, InUse.</summary>
    /// <param name="domain">Lower case A-labels.</param>
    /// <param name="change">Gives the domain as it is to be; runs on the writer thread.</param>
    public Task<StoreResult<Done>> ChangeDomainAsync(string domain, Func<DomainEntry, DomainEntry> change) => RunAsync(new ChangeDomain(domain, change));

    /// <summary>Ends a domain. NoSuchDomain, InUse while it has addresses.</summary>
    public Task<StoreResult<Done>> RemoveDomainAsync(string domain) => RunAsync(new RemoveDomain(domain));

    /// <summary>Sets the name of the person whose account it is. NoSuchAccount; BadName for one that is too long or has control characters.</summary>
    public Task<StoreResult<Done>> SetDisplayNameAsync(AccountId account, string name) => RunAsync(new SetDisplayName(account, name));

    /// <summary>Makes an alias or replaces it. NoSuchDomain, AlreadyExists, NoSuchAddress, LimitReached, BadName.</summary>
    public Task<StoreResult<Done>> SetAliasAsync(AliasEntry alias, bool mustBeNew = false) => RunAsync(new SetAlias(alias, mustBeNew));

    /// <summary>Ends an alias. NoSuchAddress, InUse.</summary>
    public Task<StoreResult<Done>> RemoveAliasAsync(string address) => RunAsync(new RemoveAlias(address));

    /// <summary>Changes settings of the server. NoSuchAddress, BadName.</summary>
    /// <param name="change">Gives the settings as they are to be; runs on the writer thread.</param>
    public Task<StoreResult<Done>> ChangeSettingsAsync(Func<ServerSettings, ServerSettings> change) => RunAsync(new SetServerSettings(change));

    /// <summary>Makes an administrator or sets another password. BadName, LimitReached, AlreadyExists.</summary>
    public Task<StoreResult<Done>> SetAdministratorAsync(string name, string passwordHash, bool mustBeNew = false) => RunAsync(new SetAdministrator(name, passwordHash, mustBeNew));

    /// <summary>Takes an administrator away, with sessions and tokens. NoSuchAdministrator, InUse.</summary>
    /// <param name="name">Name.</param>
    /// <param name="keepsLast">Whether it is refused (InUse) when there is no other one.</param>
    public Task<StoreResult<Done>> RemoveAdministratorAsync(string name, bool keepsLast = false) => RunAsync(new RemoveAdministrator(name, keepsLast));

    /// <summary>Gives an administrator a token. NoSuchAdministrator, AlreadyExists, BadName, LimitReached.</summary>
    public Task<StoreResult<Done>> AddTokenAsync(ApiToken token) => RunAsync(new AddToken(token));

    /// <summary>Takes a token away. NoSuchKey.</summary>
    public Task<StoreResult<Done>> RemoveTokenAsync(string hash) => RunAsync(new RemoveToken(hash));

    /// <summary>Changes what a key is called and whether it opens IMAP connections. NoSuchKey, BadName.</summary>
    /// <param name="fingerprint">Of the key.</param>
    /// <param name="change">Gives the key as it is to be, the same otherwise; runs on the writer thread.</param>
    public Task<StoreResult<Done>> ChangeKeyAsync(string fingerprint, Func<LoginKey, LoginKey> change) => RunAsync(new ChangeKey(fingerprint, change));

    /// <summary>Keeps a session of the web pages. NoSuchAccount, NoSuchAdministrator, AlreadyExists.</summary>
    public Task<StoreResult<Done>> AddSessionAsync(WebSession session) => RunAsync(new AddSession(session));

    /// <summary>Ends sessions of the web pages.</summary>
    /// <param name="which">Says which; runs on the writer thread.</param>
    public Task<StoreResult<Done>> RemoveSessionsAsync(Func<WebSession, bool> which) => RunAsync(new RemoveSessions(which));

    /// <summary>Makes changes in order, in one transaction, all or none.</summary>
    /// <param name="changes">Changes.</param>
    /// <param name="basis">The directory for which they were made; when it is another one by now, none is made (<see cref="Refusal.Changed"/>). Null when they fit any.</param>
    /// <exception cref="StoreException">The engine failed; nothing was changed.</exception>
    public async Task<AppliedChanges> ApplyAsync(IReadOnlyList<DirectoryChange> changes, DirectoryState? basis = null)
    {
        var operation = new ChangeDirectory(changes, basis);
        _writer.Enqueue(operation);
        return (await operation.Completion.ConfigureAwait(false)).Value!;
    }

    private async Task<StoreResult<Done>> RunAsync(DirectoryChange change)
    {
        var applied = await ApplyAsync([change]).ConfigureAwait(false);
        return applied.Refusal == Refusal.None ? default(Done) : applied.Refusal;
    }
}
