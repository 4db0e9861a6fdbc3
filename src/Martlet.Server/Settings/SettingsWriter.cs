using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Settings;

/// <summary>Takes what is set up out of the store, and writes it as text in a fixed order, so that two exports can be compared line by line.</summary>
internal static class SettingsWriter
{
    private const string Head =
        """
        # The configuration of a Martlet server, without mail: martlet config export. Change it and see what that does with
        # martlet config apply --dry-run FILE; without --dry-run it is done, all of it or nothing.
        version 1

        """;

    /// <summary>What is set up, at one moment.</summary>
    /// <param name="store">Store.</param>
    /// <param name="withSecrets">Whether password hashes and secrets are in it: whoever has them can try out passwords.</param>
    public static SettingsDocument Take(MailStore store, bool withSecrets)
    {
        var state = store.Directory.Current;
        var addresses = state.Addresses.ToLookup(entry => entry.Value, entry => entry.Key);
        var keys = state.Keys.Values.ToLookup(key => key.Account);
        var accounts = ImmutableArray.CreateBuilder<AccountSettings>();
        foreach (var entry in state.Accounts.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (store.OpenAccount(entry.Id)?.Row is not { } row)
            {
                continue;
            }

            accounts.Add(new AccountSettings(entry.Name)
            {
                DisplayName = entry.DisplayName,
                QuotaBytes = row.QuotaBytes,
                QuotaMessages = row.QuotaMessages,
                HiddenCapabilities = [.. row.HiddenCapabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                DisabledText = entry.Access.DisabledText,
                PasswordHash = withSecrets ? entry.Access.PasswordHash : null,
                Secrets = withSecrets ? entry.Access.Secrets : "",
                Addresses = [.. addresses[entry.Id].Where(address => address != entry.Name).Order(StringComparer.Ordinal)],
                Keys = [.. keys[entry.Id].OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Fingerprint, StringComparer.Ordinal)],
            });
        }

        return new SettingsDocument(
            state.Settings, [.. state.Domains.Values], accounts.ToImmutable(), [.. state.Aliases.Values],
            [.. state.Administrators.Values.Select(entry => new AdministratorSettings(entry.Name, withSecrets ? entry.PasswordHash : null))]);
    }

    /// <summary>Writes it.</summary>
    public static string Write(SettingsDocument document)
    {
        var text = new StringBuilder(Head);
        if (document.Settings is { } settings)
        {
            Block(text, "settings");
            Line(text, "quota-bytes", Number(settings.QuotaBytes), settings.QuotaBytes != 0);
            Line(text, "quota-messages", Number(settings.QuotaMessages), settings.QuotaMessages != 0);
            Line(text, "postmaster", settings.Postmaster ?? "", settings.Postmaster is not null);
            Line(text, "log-levels", settings.LogLevels, settings.LogLevels.Length > 0);
        }

        foreach (var domain in document.Domains)
        {
            Write(text, domain);
        }

        foreach (var account in document.Accounts)
        {
            Write(text, account);
        }

        foreach (var alias in document.Aliases)
        {
            Block(text, "alias", alias.Address);
            Line(text, "description", alias.Description, alias.Description.Length > 0);
            foreach (var member in alias.Members)
            {
                Line(text, "member", member);
            }
        }

        foreach (var administrator in document.Administrators)
        {
            Block(text, "administrator", administrator.Name);
            Line(text, "password", administrator.PasswordHash ?? "", administrator.PasswordHash is not null);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, DomainEntry domain)
    {
        Block(text, "domain", domain.Name);
        Line(text, "description", domain.Description, domain.Description.Length > 0);
        Line(text, "state", domain.State.ToString().ToLowerInvariant());
        Line(text, "separators", domain.Separators, domain.Separators != "+");
        Line(text, "case-sensitive", "on", domain.IsCaseSensitive);
        Line(text, "catch-all", domain.CatchAll ?? "", domain.CatchAll is not null);
    }

    private static void Write(StringBuilder text, AccountSettings account)
    {
        Block(text, "account", account.Name);
        Line(text, "name", account.DisplayName, account.DisplayName.Length > 0);
        Line(text, "disabled", account.DisabledText ?? "", account.DisabledText is not null);
        Line(text, "quota-bytes", Number(account.QuotaBytes), account.QuotaBytes != 0);
        Line(text, "quota-messages", Number(account.QuotaMessages), account.QuotaMessages != 0);
        foreach (var name in account.HiddenCapabilities)
        {
            Line(text, "hide", name);
        }

        foreach (var address in account.Addresses)
        {
            Line(text, "address", address);
        }

        foreach (var key in account.Keys)
        {
            text.Append("    key ").Append(Word(key.Fingerprint)).Append(' ').Append(Word(key.Type)).Append(key.MayPreauth ? " preauth" : " no-preauth")
                .Append(CultureInfo.InvariantCulture, $" {key.Added} ").Append(Word(key.Address)).Append(' ').Append(Word(key.Name)).Append('\n');
        }

        Line(text, "password", account.PasswordHash ?? "", account.PasswordHash is not null);
        foreach (var secret in account.Secrets.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Line(text, "secret", secret);
        }
    }

    private static void Block(StringBuilder text, string kind, string? name = null)
    {
        text.Append('\n').Append(kind);
        if (name is not null)
        {
            text.Append(' ').Append(Word(name));
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, string name, string value, bool isWritten = true)
    {
        if (isWritten)
        {
            text.Append("    ").Append(name).Append(' ').Append(Word(value)).Append('\n');
        }
    }

    private static string Number(long number) => number == QuotaLimits.None ? "none" : number.ToString(CultureInfo.InvariantCulture);

    // What ConfigWords takes apart again.
    private static string Word(string value) =>
        value.Length > 0 && value.AsSpan().IndexOfAny(" \t\"\\") < 0 && value[0] != '#' ? value
        : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
