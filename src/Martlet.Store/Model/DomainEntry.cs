namespace Martlet.Store.Model;

/// <summary>How far a domain is served.</summary>
public enum DomainState
{
    /// <summary>Being prepared: mail for it is refused as that of any domain that is not ours.</summary>
    Draft,

    /// <summary>Mail for it is taken, none is sent from it: for a domain that moves here.</summary>
    Receive,

    /// <summary>Mail for it is taken, and its users send.</summary>
    Live,

    /// <summary>Mail for it is put off (450) and none is sent from it; its users still log in and read.</summary>
    Disabled,
}

/// <summary>A domain whose mail is ours. Immutable.</summary>
public sealed record DomainEntry
{
    /// <summary>Characters that may stand between a localpart and its detail.</summary>
    public const string SeparatorChars = "+-_.=#%&~!";

    /// <summary>Lower case A-labels.</summary>
    public required string Name { get; init; }

    /// <summary>How far it is served.</summary>
    public DomainState State { get; init; } = DomainState.Live;

    /// <summary>Normalized address of an account or alias that gets mail for addresses that are not there; null for none.</summary>
    public string? CatchAll { get; init; }

    /// <summary>Characters that separate a localpart from its detail (RFC 5233): with "+", mail for ada+books@ goes to ada@. Each once; empty for none.</summary>
    public string Separators { get; init; } = "+";

    /// <summary>Whether Ada@ and ada@ are two addresses. Only while the domain has no addresses can it be changed.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>What the administrator notes about it.</summary>
    public string Description { get; init; } = "";
}
