using Martlet.Protocols.Smtp;

namespace Martlet.Server.Settings;

/// <summary>A block of a configuration file while its lines are read. Addresses wait for the domains, whose rule of case decides what they are.</summary>
/// <param name="Line">Line of the block's head.</param>
internal abstract record BlockDraft(int Line);

/// <summary>The block of the server itself.</summary>
internal sealed record ServerDraft(int Line) : BlockDraft(Line)
{
    public long QuotaBytes { get; set; }

    public long QuotaMessages { get; set; }

    public AddressAt? Postmaster { get; set; }

    public string LogLevels { get; set; } = "";
}

/// <summary>A domain.</summary>
internal sealed record DomainDraft(int Line, string Name) : BlockDraft(Line)
{
    public Store.Model.DomainState State { get; set; } = Store.Model.DomainState.Live;

    public string Separators { get; set; } = "+";

    public bool IsCaseSensitive { get; set; }

    public AddressAt? CatchAll { get; set; }

    public string Description { get; set; } = "";
}

/// <summary>An account.</summary>
internal sealed record AccountDraft(int Line, EmailAddress Name) : BlockDraft(Line)
{
    public string DisplayName { get; set; } = "";

    public string? DisabledText { get; set; }

    public long QuotaBytes { get; set; }

    public long QuotaMessages { get; set; }

    public List<string> HiddenCapabilities { get; } = [];

    public List<AddressAt> Addresses { get; } = [];

    public List<KeyDraft> Keys { get; } = [];

    public string? PasswordHash { get; set; }

    public List<string> Secrets { get; } = [];
}

/// <summary>An alias.</summary>
internal sealed record AliasDraft(int Line, EmailAddress Address) : BlockDraft(Line)
{
    public string Description { get; set; } = "";

    public List<AddressAt> Members { get; } = [];
}

/// <summary>An administrator.</summary>
internal sealed record AdministratorDraft(int Line, string Name) : BlockDraft(Line)
{
    public string? PasswordHash { get; set; }
}

/// <summary>An address and the line it is in.</summary>
internal sealed record AddressAt(int Line, EmailAddress Address);

/// <summary>A key that logs in.</summary>
internal sealed record KeyDraft(string Fingerprint, string Type, bool MayPreauth, long Added, AddressAt Address, string Name);
