using Martlet.Server.Setup;

namespace Martlet.Cli.Setup;

/// <summary>One thing that quickstart made or found.</summary>
/// <param name="State">made, there, or planned in a dry run.</param>
/// <param name="What">file, folder, domain, account, administrator, postmaster.</param>
/// <param name="Name">Its name.</param>
internal sealed record QuickstartStep(string State, string What, string Name)
{
    /// <summary>A password that was made and is shown this once.</summary>
    public string? Password { get; init; }

    /// <summary>Text of a file in a dry run.</summary>
    public string? Content { get; init; }
}

/// <summary>How a mail program reaches the server.</summary>
/// <param name="For">read or send.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Hostname">Server.</param>
/// <param name="Port">Port.</param>
/// <param name="Security">SSL/TLS or STARTTLS.</param>
internal sealed record ClientWay(string For, string Protocol, string Hostname, int Port, string Security);

/// <summary>Pages for a browser.</summary>
/// <param name="For">users or administrators.</param>
/// <param name="Url">Where they are.</param>
internal sealed record ClientPage(string For, string Url);

/// <summary>What quickstart did and what is to do now.</summary>
internal sealed record QuickstartReport
{
    /// <summary>done, or refused when a step was.</summary>
    public required string Status { get; init; }

    /// <summary>A sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What was made and found, in its order.</summary>
    public required IReadOnlyList<QuickstartStep> Steps { get; init; }

    /// <summary>What to look at first.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>DNS records to add.</summary>
    public IReadOnlyList<DnsRecord>? DnsRecords { get; init; }

    /// <summary>What to type into a mail program that does not find it by itself.</summary>
    public IReadOnlyList<ClientWay> ClientSettings { get; init; } = [];

    /// <summary>Where the pages are, once it runs.</summary>
    public IReadOnlyList<ClientPage> Pages { get; init; } = [];

    /// <summary>Commands to run next.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];
}
