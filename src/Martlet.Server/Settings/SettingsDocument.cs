using System.Collections.Immutable;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Settings;

/// <summary>
/// Everything that an administrator sets, as one value: what <c>martlet config export</c> writes and <c>martlet config apply</c> brings the server to. No mail, no
/// sessions, no tokens. Addresses are in the form the directory has them.
/// </summary>
/// <param name="Settings">What holds for the whole server; null when the file says nothing of it.</param>
/// <param name="Domains">Domains.</param>
/// <param name="Accounts">Accounts.</param>
/// <param name="Aliases">Aliases.</param>
/// <param name="Administrators">Administrators: name, and password hash or null for the one there is.</param>
public sealed record SettingsDocument(
    ServerSettings? Settings, ImmutableArray<DomainEntry> Domains, ImmutableArray<AccountSettings> Accounts, ImmutableArray<AliasEntry> Aliases,
    ImmutableArray<AdministratorSettings> Administrators);

/// <summary>An administrator in a configuration file.</summary>
/// <param name="Name">Name.</param>
/// <param name="PasswordHash">Encoded hash; null leaves the password there is.</param>
public sealed record AdministratorSettings(string Name, string? PasswordHash);
