using System.Text;

namespace Martlet.Protocols.Imap;

/// <summary>The start of a command: tag and command word. The reader then stands at the arguments, for the <c>Read</c> of the command's record.</summary>
/// <param name="Tag">To be repeated in the tagged reply.</param>
/// <param name="Name">The command in upper case, with its prefix: <c>FETCH</c>, <c>UID FETCH</c>. A key for the command table.</param>
public readonly record struct ImapCommandLine(string Tag, string Name)
{
    private static readonly string[] Known =
    [
        "NOOP", "FETCH", "UID FETCH", "STORE", "UID STORE", "SEARCH", "UID SEARCH", "IDLE", "SELECT", "EXAMINE", "STATUS", "LIST", "LSUB",
        "APPEND", "COPY", "UID COPY", "MOVE", "UID MOVE", "EXPUNGE", "UID EXPUNGE", "CAPABILITY", "LOGIN", "AUTHENTICATE", "LOGOUT", "ID", "ENABLE",
        "NAMESPACE", "CHECK", "CLOSE", "UNSELECT", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "STARTTLS", "GETQUOTA", "GETQUOTAROOT",
        "GETMETADATA", "SETMETADATA", "COMPRESS",
    ];

    /// <summary>The command has the UID prefix: its sets and results are UIDs.</summary>
    public bool IsUid => Name.StartsWith("UID ", StringComparison.Ordinal);

    /// <summary>Reads tag, space and command word.</summary>
    /// <param name="reader">Stands at the start of the command.</param>
    /// <param name="tag">The tag as soon as it is valid, even if the rest is not: the reply is then tagged; null means an untagged BAD.</param>
    /// <returns>The start of the command; an unknown command word too. Null after an error.</returns>
    public static ImapCommandLine? Read(ref ImapReader reader, out string? tag)
    {
        tag = null;
        if (!reader.Tag(out var bytes))
        {
            return null;
        }

        if (!reader.Space())
        {
            return null; // Without a space, this may be any text: HTTP, TLS, a stray continuation.
        }

        tag = Encoding.ASCII.GetString(bytes);
        Span<char> name = stackalloc char[40];
        if (!reader.Word(name, out var length))
        {
            return null;
        }

        if (name[..length] is "UID")
        {
            name[length] = ' ';
            if (!reader.Space() || !reader.Word(name[(length + 1)..], out var more))
            {
                return null;
            }

            length += more + 1;
        }

        return new ImapCommandLine(tag, Intern(name[..length]));
    }

    private static string Intern(ReadOnlySpan<char> name)
    {
        foreach (var known in Known)
        {
            if (name.SequenceEqual(known))
            {
                return known;
            }
        }

        return name.ToString();
    }
}
