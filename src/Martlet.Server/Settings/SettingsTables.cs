using System.Collections.Immutable;
using System.Globalization;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Smtp;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Observe;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Settings;

/// <summary>The lines that each kind of block may have; <c>martlet config describe --settings</c> shows them.</summary>
internal static class SettingsTables
{
    /// <summary>Characters of a fingerprint: SHA-256 as base64url.</summary>
    private const int FingerprintChars = 43;

    public static readonly ImmutableArray<ConfigOption<At<ServerDraft>>> Server =
    [
        Row<ServerDraft>("quota-bytes", "SIZE", "bytes; none", "none", "quota-bytes 10000000000", "What an account without a limit of its own may hold.",
            (at, value) => Quota(value, isDefault: true, quota => at.Draft.QuotaBytes = quota)),
        Row<ServerDraft>("quota-messages", "COUNT", "messages; none", "none", "quota-messages 1000000", "The same in messages.",
            (at, value) => Quota(value, isDefault: true, quota => at.Draft.QuotaMessages = quota)),
        Row<ServerDraft>("postmaster", "ADDRESS", "address of an account or alias", "nobody", "postmaster ada@example.org",
            "Gets what goes to postmaster and abuse of every domain that has neither.", (at, value) => Address(at.Line, value, address => at.Draft.Postmaster = address)),
        Row<ServerDraft>("log-levels", "LEVELS", "as --log-level", "those of the command line", "log-levels info,smtp=debug", "Which lines the log has.",
            (at, value) => LogLevels.Parse(value, LogLevel.Information, out var problem) is null ? problem : Take(() => at.Draft.LogLevels = value)),
    ];

    public static readonly ImmutableArray<ConfigOption<At<DomainDraft>>> Domain =
    [
        Row<DomainDraft>("state", "STATE", "draft, receive, live, disabled", "live", "state receive",
            "How far it is served: not at all, mail comes in, users send too, or mail is put off.",
            (at, value) => Enum.TryParse<DomainState>(value, ignoreCase: true, out var state) && !char.IsAsciiDigit(value[0])
                ? Take(() => at.Draft.State = state) : $"'{value}' is not a state; there are draft, receive, live, disabled."),
        Row<DomainDraft>("separators", "CHARACTERS", "some of " + DomainEntry.SeparatorChars, "+", "separators +-", "What stands between a localpart and its detail; \"\" for nothing.",
            (at, value) => Take(() => at.Draft.Separators = value)),
        Row<DomainDraft>("case-sensitive", "SWITCH", "on, off", "off", "case-sensitive on", "Whether Ada@ and ada@ are two addresses.",
            (at, value) => value is "on" or "off" ? Take(() => at.Draft.IsCaseSensitive = value == "on") : $"'{value}' is neither on nor off."),
        Row<DomainDraft>("catch-all", "ADDRESS", "address of an account or alias", "nobody", "catch-all ada@example.org", "Gets mail for addresses that nobody has.",
            (at, value) => Address(at.Line, value, address => at.Draft.CatchAll = address)),
        Row<DomainDraft>("description", "TEXT", "one line", "nothing", "description \"the club\"", "A note.", (at, value) => Take(() => at.Draft.Description = value)),
    ];

    public static readonly ImmutableArray<ConfigOption<At<AccountDraft>>> Account =
    [
        Row<AccountDraft>("name", "TEXT", "one line", "nothing", "name \"Ada Lovelace\"", "Name of the person.", (at, value) => Take(() => at.Draft.DisplayName = value)),
        Row<AccountDraft>("disabled", "TEXT", "one line of ASCII", "logins are let in", "disabled \"Please call us.\"", "Logins are refused with this text; mail still arrives.",
            (at, value) => AdminNames.DisabledTextProblem(value) is { } problem ? problem.Text : Take(() => at.Draft.DisabledText = value)),
        Row<AccountDraft>("quota-bytes", "SIZE", "bytes; none", "the server's", "quota-bytes 5000000000", "What the account may hold.",
            (at, value) => Quota(value, isDefault: false, quota => at.Draft.QuotaBytes = quota)),
        Row<AccountDraft>("quota-messages", "COUNT", "messages; none", "the server's", "quota-messages none", "The same in messages.",
            (at, value) => Quota(value, isDefault: false, quota => at.Draft.QuotaMessages = quota)),
        Row<AccountDraft>("hide", "CAPABILITY", "name of an IMAP capability", "all are announced", "hide UIDONLY", "Not announced to the account's clients.",
            (at, value) => Take(() => at.Draft.HiddenCapabilities.Add(value))) with { IsRepeatable = true },
        Row<AccountDraft>("address", "ADDRESS", "address in one of the domains", "the account's name alone", "address ada.lovelace@example.org", "One more address.",
            (at, value) => Address(at.Line, value, at.Draft.Addresses.Add)) with { IsRepeatable = true },
        new("key", ["FINGERPRINT", "TYPE", "PREAUTH", "ADDED", "ADDRESS", "NAME"], "base64url; word; preauth or no-preauth; seconds since 1970; address; text", "none",
            "key CxdG0NsIPuhuO78CxhTKav7dRKXdxEcQQFqKjYUueiE ed25519 preauth 1764500000 ada@example.org phone", "A TLS client key that logs in.", Key) { IsRepeatable = true },
        Row<AccountDraft>("password", "HASH", "Argon2id hash", "the password it has", "password $argon2id$v=19$m=19456,t=2,p=1$...", "As config export --secrets writes it.",
            (at, value) => PasswordHash.TryParse(value, out _) ? Take(() => at.Draft.PasswordHash = value) : "this is not a password hash as config export --secrets writes it."),
        Row<AccountDraft>("secret", "SECRET", "as config export --secrets writes it", "none", "secret SCRAM-SHA-256$65536:...", "For logins that do not send the password; comes with password.",
            (at, value) => SaslSecret.TryParse(value, out _) ? Take(() => at.Draft.Secrets.Add(value)) : "this is not a secret as config export --secrets writes it.") with { IsRepeatable = true },
    ];

    public static readonly ImmutableArray<ConfigOption<At<AliasDraft>>> Alias =
    [
        Row<AliasDraft>("member", "ADDRESS", "address of an account", "none: at least one", "member ada@example.org", "Gets the alias's mail.",
            (at, value) => Address(at.Line, value, at.Draft.Members.Add)) with { IsRepeatable = true },
        Row<AliasDraft>("description", "TEXT", "one line", "nothing", "description \"who is on duty\"", "A note.", (at, value) => Take(() => at.Draft.Description = value)),
    ];

    public static readonly ImmutableArray<ConfigOption<At<AdministratorDraft>>> Administrator =
    [
        Row<AdministratorDraft>("password", "HASH", "Argon2id hash", "the password there is", "password $argon2id$v=19$m=19456,t=2,p=1$...", "As config export --secrets writes it.",
            (at, value) => PasswordHash.TryParse(value, out _) ? Take(() => at.Draft.PasswordHash = value) : "this is not a password hash as config export --secrets writes it."),
    ];

    private static ConfigOption<At<T>> Row<T>(string name, string value, string unit, string otherwise, string example, string about, Func<At<T>, string, string?> take) =>
        new(name, [value], unit, otherwise, example, about, (at, values) => take(at, values[0]));

    private static string? Take(Action set)
    {
        set();
        return null;
    }

    private static string? Quota(string text, bool isDefault, Action<long> set)
    {
        if (text == "none")
        {
            set(isDefault ? 0 : QuotaLimits.None);
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return $"'{text}' is neither a number above 0 nor none.";
        }

        set(number);
        return null;
    }

    private static string? Address(int line, string text, Action<AddressAt> set)
    {
        if (!EmailAddress.TryParse(text, out var address) || address.Domain.Literal is not null)
        {
            return $"'{text}' is not an address; write it as in ada@example.org.";
        }

        set(new AddressAt(line, address));
        return null;
    }

    private static string? Key(At<AccountDraft> at, IReadOnlyList<string> values)
    {
        if (values[0].Length != FingerprintChars || !values[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return $"'{values[0]}' is not the fingerprint of a key: {FingerprintChars} characters of base64url.";
        }

        if (values[2] is not ("preauth" or "no-preauth") || !long.TryParse(values[3], NumberStyles.None, CultureInfo.InvariantCulture, out var added))
        {
            return "a key is FINGERPRINT TYPE, then preauth or no-preauth, seconds since 1970, ADDRESS, NAME.";
        }

        return Address(at.Line, values[4], address => at.Draft.Keys.Add(new KeyDraft(values[0], values[1], values[2] == "preauth", added, address, values[5])));
    }
}

/// <summary>A block while one of its lines is read.</summary>
/// <param name="Draft">The block.</param>
internal sealed record At<TDraft>(TDraft Draft)
{
    /// <summary>The line.</summary>
    public int Line { get; set; }
}
