using Martlet.Protocols.Smtp;

namespace Martlet.Server.Admin;

/// <summary>Brings names that people type into the form the store keeps, and says what is wrong with those that have none.</summary>
internal static class AdminNames
{
    private const int PasswordCharsMin = 8;
    private const int PasswordCharsMax = 1000;

    /// <summary>Lower-case A-labels; null when it is not a domain name.</summary>
    public static string? Domain(string text) =>
        EmailAddress.TryParse("postmaster@" + text, out var address) && address.Domain.Literal is null ? address.Domain.Text : null;

    /// <summary>The normalized address; null when it is not one.</summary>
    public static string? Address(string text) =>
        EmailAddress.TryParse(text, out var address) && address.Domain.Literal is null ? address.Normalized : null;

    public static AdminReply BadDomain(string text) => AdminReply.Refused($"'{text}' is not a domain name; write it as in example.org.");

    public static AdminReply BadAddress(string text) => AdminReply.Refused($"'{text}' is not an address; write it as in ada@example.org.");

    /// <summary>RFC 8265 §4.2 does not allow it.</summary>
    public static AdminReply BadPassword => AdminReply.Refused("The password has a character in it that no program could send; use letters, digits, signs and spaces.");

    /// <summary>Why the password is not taken, or null.</summary>
    public static AdminReply? PasswordProblem(string password) => password.Length switch
    {
        < PasswordCharsMin => AdminReply.Refused($"The password is too short: at least {PasswordCharsMin} characters. --generate makes a good one."),
        > PasswordCharsMax => AdminReply.Refused($"The password is too long: at most {PasswordCharsMax} characters."),
        // Login programs cannot send these (RFC 4616 §2 has no NUL, people have no way to type the others).
        _ when password.Any(char.IsControl) => AdminReply.Refused("The password has a control character in it; give it as one line of text."),
        _ => null,
    };
}
