using System.Text.Json.Serialization;

namespace Martlet.Server.Setup;

/// <summary>How much a DNS record is wanted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DnsNeed>))]
public enum DnsNeed
{
    /// <summary>Without it mail does not come, or is refused elsewhere.</summary>
    [JsonStringEnumMemberName("needed")]
    Needed,

    /// <summary>Mail programs set themselves up with it.</summary>
    [JsonStringEnumMemberName("programs")]
    Programs,

    /// <summary>What this version of the server does not have yet.</summary>
    [JsonStringEnumMemberName("later")]
    Later,
}

/// <summary>A DNS record to add, and why.</summary>
/// <param name="Name">Whole name in A-labels, with the dot at its end.</param>
/// <param name="Type">Type of record.</param>
/// <param name="Need">How much it is wanted.</param>
/// <param name="Why">What it is for, in a sentence or two.</param>
public sealed record DnsRecord(string Name, string Type, DnsNeed Need, string Why)
{
    /// <summary>Value as in a zone file; null when only the administrator knows it, or it comes later.</summary>
    public string? Value { get; init; }

    /// <summary>Whether it is not in the zone but with whoever gives out the address.</summary>
    public bool AtProvider { get; init; }
}
