namespace Martlet.Protocols.Imap.Client;

/// <summary>One command as a client sends it: a value, compared by its arguments. The records beside this one are the commands there are.</summary>
/// <remarks>The server's side of the same grammar are the records in <c>Commands</c>, which read what these write.</remarks>
public abstract record ImapRequest
{
    /// <summary>The command word, with its prefix: <c>UID FETCH</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Writes the arguments, each with the space before it.</summary>
    public virtual void WriteArguments(ImapCommandWriter writer)
    {
    }

    /// <summary>Writes a whole command line.</summary>
    /// <param name="writer">Empty.</param>
    /// <param name="tag">The tag.</param>
    public void Write(ImapCommandWriter writer, string tag)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Raw(tag).Word(Name);
        WriteArguments(writer);
        writer.Raw("\r\n");
    }

    /// <summary>Refuses an empty list where the grammar has none.</summary>
    protected static void AtLeastOne<T>(IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("Name at least one.", nameof(values));
        }
    }

    /// <summary>The command word with the UID prefix where it is wanted.</summary>
    protected static string WithUid(string name, bool isUid) => isUid ? "UID " + name : name;
}

/// <summary>A command without arguments.</summary>
public sealed record BareRequest : ImapRequest
{
    private BareRequest(string name) => Name = name;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>CAPABILITY: RFC 9051 §6.1.1.</summary>
    public static BareRequest Capability { get; } = new("CAPABILITY");

    /// <summary>NOOP: RFC 9051 §6.1.2.</summary>
    public static BareRequest Noop { get; } = new("NOOP");

    /// <summary>LOGOUT: RFC 9051 §6.1.3.</summary>
    public static BareRequest Logout { get; } = new("LOGOUT");

    /// <summary>NAMESPACE: RFC 9051 §6.3.10.</summary>
    public static BareRequest Namespace { get; } = new("NAMESPACE");

    /// <summary>CHECK: RFC 3501 §6.4.1.</summary>
    public static BareRequest Check { get; } = new("CHECK");

    /// <summary>CLOSE: RFC 9051 §6.4.1.</summary>
    public static BareRequest Close { get; } = new("CLOSE");

    /// <summary>UNSELECT: RFC 9051 §6.4.2.</summary>
    public static BareRequest Unselect { get; } = new("UNSELECT");

    /// <summary>EXPUNGE: RFC 9051 §6.4.3.</summary>
    public static BareRequest Expunge { get; } = new("EXPUNGE");

    /// <summary>UNAUTHENTICATE: RFC 8437 §3.</summary>
    public static BareRequest Unauthenticate { get; } = new("UNAUTHENTICATE");

    /// <summary>STARTTLS: RFC 9051 §6.2.1. Only as part of connecting.</summary>
    public static BareRequest StartTls { get; } = new("STARTTLS");

    /// <summary>IDLE: RFC 9051 §6.3.13. The client has a method for it, since DONE ends it.</summary>
    public static BareRequest Idle { get; } = new("IDLE");
}
