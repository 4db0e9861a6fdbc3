using System.Text;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Smtp;
using Martlet.Server.Accounts;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Brings names that people type into the form the store keeps, and says what is wrong with those that have none.</summary>
internal static class AdminNames
{
    private const int PasswordCharsMin = 8;

    // With what stands around it, in one line of an SMTP reply: 512 bytes (RFC 5321 §4.5.3.1.5).
    private const int DisabledTextCharsMax = 200;

    /// <summary>Lower-case A-labels; null when it is not a domain name.</summary>
    public static string? Domain(string text) =>
        EmailAddress.TryParse("postmaster@" + text, out var address) && address.Domain.Literal is null ? address.Domain.Text : null;

    /// <summary>The address as the directory has it; null when it is not one.</summary>
    public static string? Address(string text, AdminContext context) =>
        EmailAddress.TryParse(text, out var address) && address.Domain.Literal is null ? AddressKey.Of(address, context.Store.Directory) : null;

    /// <summary>Finds the account to which a list is limited.</summary>
    /// <param name="text">An address of it; null for a list of all.</param>
    /// <param name="context">Where it is looked for.</param>
    /// <param name="account">The account; null for a list of all, or when there is a problem.</param>
    /// <returns>Null when there is no problem.</returns>
    public static AdminReply? OnlyOf(string? text, AdminContext context, out AccountEntry? account)
    {
        account = null;
        return text is null ? null
            : Address(text, context) is not { } address ? BadAddress(text)
            : (account = context.Store.Directory.FindAddress(address)) is null ? AdminRunner.Refused(Refusal.NoSuchAccount, address)
            : null;
    }

    /// <summary>Whether there is a key of that fingerprint that the account has; an account is not told of those of others.</summary>
    /// <param name="context">Where it is looked for.</param>
    /// <param name="fingerprint">SHA-256 of the public key as base64url.</param>
    /// <param name="account">An address of the account; null for anybody's key.</param>
    public static bool IsKeyOf(AdminContext context, string fingerprint, string? account) =>
        context.Store.Directory.FindKey(fingerprint) is { } key && (account is null || (Address(account, context) is { } address && context.Store.Directory.FindAddress(address)?.Id == key.Account));

    /// <summary>Looks a target for mail up: an address of an account or alias.</summary>
    /// <param name="text">As typed; null or "none" for none.</param>
    /// <param name="context">Where it is looked for.</param>
    /// <param name="target">The normalized address; null for none, or when there is a problem.</param>
    /// <returns>Null when there is no problem.</returns>
    public static AdminReply? Target(string? text, AdminContext context, out string? target)
    {
        target = null;
        return text is null or "none" ? null
            : Address(text, context) is not { } address ? BadAddress(text)
            : !context.Store.Directory.Current.IsTarget(address) ? AdminRunner.Refused(Refusal.NoSuchAddress, address)
            : Take(address, out target);
    }

    public static AdminReply BadDomain(string text) => AdminReply.Refused($"'{text}' is not a domain name; write it as in example.org.");

    public static AdminReply BadAddress(string text) => AdminReply.Refused($"'{text}' is not an address; write it as in ada@example.org.");

    private static AdminReply? Take(string address, out string? target)
    {
        target = address;
        return null;
    }

    /// <summary>Why a text cannot be what a disabled account is told, or null.</summary>
    public static AdminReply? DisabledTextProblem(string text) => text.Length switch
    {
        > DisabledTextCharsMax => AdminReply.Refused($"The text is too long: at most {DisabledTextCharsMax} characters."),
        // RFC 5321 §4.2 has no more than these in a reply; RFC 9051 §7.1 reads what begins with a bracket as a response code.
        _ when text.StartsWith('[') || text.AsSpan().ContainsAnyExceptInRange(' ', '~') =>
            AdminReply.Refused("The text is one line of ASCII letters, digits, signs and spaces, and does not begin with '['."),
        _ => null,
    };

    /// <summary>RFC 8265 §4.2 does not allow it.</summary>
    public static AdminReply BadPassword => AdminReply.Refused("The password has a character in it that no program could send; use letters, digits, signs and spaces.");

    /// <summary>Why the password is not taken, or null.</summary>
    public static AdminReply? PasswordProblem(string password) => password.Length switch
    {
        < PasswordCharsMin => AdminReply.Refused($"The password is too short: at least {PasswordCharsMin} characters."),
        _ when Encoding.UTF8.GetByteCount(password) > SaslLimits.Default.PasswordBytesMax => AdminReply.Refused($"The password is too long: at most {SaslLimits.Default.PasswordBytesMax} bytes, which is as many plain letters."),
        // Login programs cannot send these (RFC 4616 §2 has no NUL, people have no way to type the others).
        _ when password.Any(char.IsControl) => AdminReply.Refused("The password has a control character in it; give it as one line of text."),
        _ => null,
    };
}
