namespace Martlet.Protocols.Imap;

/// <summary>A system flag (<c>\Seen</c>) or a keyword (<c>$Forwarded</c>), RFC 9051 §2.3.2. Compares without regard to ASCII case and keeps the case it came in.</summary>
public readonly struct Flag : IEquatable<Flag>
{
    private readonly string? _name;

    private Flag(string name) => _name = name;

    /// <summary><c>\Answered</c></summary>
    public static Flag Answered { get; } = new("\\Answered");

    /// <summary><c>\Flagged</c></summary>
    public static Flag Flagged { get; } = new("\\Flagged");

    /// <summary><c>\Deleted</c></summary>
    public static Flag Deleted { get; } = new("\\Deleted");

    /// <summary><c>\Seen</c></summary>
    public static Flag Seen { get; } = new("\\Seen");

    /// <summary><c>\Draft</c></summary>
    public static Flag Draft { get; } = new("\\Draft");

    /// <summary>The five system flags a client may set, in the order of RFC 9051 §2.3.2.</summary>
    public static ReadOnlySpan<Flag> System => SystemFlags;

    private static readonly Flag[] SystemFlags = [Seen, Answered, Flagged, Deleted, Draft];

    /// <summary>The name with its backslash, if it has one; empty for the default value.</summary>
    public string Name => _name ?? "";

    /// <summary>One of the five system flags.</summary>
    public bool IsSystem => Name is ['\\', ..];

    /// <summary>Equal without regard to case.</summary>
    public static bool operator ==(Flag left, Flag right) => left.Equals(right);

    /// <summary>Not equal without regard to case.</summary>
    public static bool operator !=(Flag left, Flag right) => !left.Equals(right);

    /// <summary>Makes a flag of its name.</summary>
    /// <param name="name">A system flag in any case, or a keyword: an atom of RFC 9051 §9, ASCII.</param>
    /// <param name="flag">The flag; system flags in their usual spelling.</param>
    /// <returns>False if it is neither. <c>\Recent</c> and unknown <c>\</c> flags are refused: no client may set them (RFC 9051 §2.3.2).</returns>
    public static bool TryCreate(ReadOnlySpan<byte> name, out Flag flag)
    {
        flag = default;
        if (name is not [(byte)'\\', ..])
        {
            if (name.IsEmpty || name.ContainsAnyExcept(Text.Ascii.AtomChar))
            {
                return false;
            }

            flag = new Flag(global::System.Text.Encoding.ASCII.GetString(name));
            return true;
        }

        foreach (var known in SystemFlags)
        {
            if (global::System.Text.Ascii.EqualsIgnoreCase(name, known.Name))
            {
                flag = known;
                return true;
            }
        }

        return false;
    }

    /// <summary>A flag as a server names it: also <c>\Recent</c> and those that <see cref="TryCreate(string, out Flag)"/> refuses to clients.</summary>
    internal static Flag OfServer(string name) => new(name);

    /// <summary>Makes a flag of its name, as the overload for bytes does.</summary>
    public static bool TryCreate(string name, out Flag flag)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryCreate(global::System.Text.Encoding.UTF8.GetBytes(name), out flag);
    }

    /// <inheritdoc/>
    public bool Equals(Flag other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Flag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
