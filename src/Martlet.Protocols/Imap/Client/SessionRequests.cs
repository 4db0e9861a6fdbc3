namespace Martlet.Protocols.Imap.Client;

/// <summary>LOGIN: RFC 9051 §6.2.3.</summary>
/// <param name="Username">The account.</param>
/// <param name="Password">Never printed.</param>
public sealed record LoginRequest(string Username, string Password) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "LOGIN";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").AString(Username).Raw(" ").AString(Password);

    /// <summary>Without the password.</summary>
    public override string ToString() => Name;
}

/// <summary>AUTHENTICATE: RFC 9051 §6.2.2. The client has a method for the exchange that follows.</summary>
/// <param name="Mechanism">SASL mechanism.</param>
/// <param name="InitialResponse">Sent with the command (RFC 4959); null for none.</param>
public sealed record AuthenticateRequest(string Mechanism, ReadOnlyMemory<byte>? InitialResponse) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "AUTHENTICATE";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        writer.Raw(" ").Atom(Mechanism);
        if (InitialResponse is { } response)
        {
            writer.Word(response.IsEmpty ? "=" : Convert.ToBase64String(response.Span)); // RFC 4959 §3: "=" is the empty one.
        }
    }

    /// <summary>Without the response.</summary>
    public override string ToString() => $"{Name} {Mechanism}";
}

/// <summary>ENABLE: RFC 9051 §6.3.1.</summary>
/// <param name="Capabilities">At least one.</param>
public sealed record EnableRequest(params IReadOnlyList<string> Capabilities) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "ENABLE";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        foreach (var capability in Capabilities)
        {
            writer.Raw(" ").Atom(capability);
        }
    }
}

/// <summary>ID: RFC 2971 §3.1.</summary>
/// <param name="Fields">What the client says of itself; none is sent as NIL.</param>
public sealed record IdRequest(params IReadOnlyList<KeyValuePair<string, string?>> Fields) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "ID";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        if (Fields.Count == 0)
        {
            writer.Word("NIL");
            return;
        }

        writer.Raw(" ").List(Fields, static (w, field) => w.String(field.Key).Raw(" ").NString(field.Value));
    }
}

/// <summary>COMPRESS: RFC 4978 §3. The client has a method for it, since the bytes change after it.</summary>
public sealed record CompressRequest : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "COMPRESS";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Word("DEFLATE");
}
