namespace Martlet.Protocols.Imap.Commands;

/// <summary>LOGIN: RFC 9051 §6.2.3.</summary>
/// <param name="Username">As given; UTF-8.</param>
/// <param name="Password">As given; UTF-8. Never printed.</param>
public sealed record LoginCommand(string Username, string Password)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static LoginCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.AStringText(out var username)
        && reader.Space() && reader.AStringText(out var password)
        && reader.End()
            ? new LoginCommand(username, password)
            : null;

    /// <summary>Without the password, so that no log gets it.</summary>
    public override string ToString() => "LOGIN";
}
