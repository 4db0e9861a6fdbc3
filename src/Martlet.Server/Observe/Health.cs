using System.Text.Json;
using System.Text.Json.Serialization;

namespace Martlet.Server.Observe;

/// <summary>How well something is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthState>))]
public enum HealthState
{
    /// <summary>Well.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It works, and somebody should look before it does not.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It does not work.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">A word: store, disk, certificate, listeners, journal.</param>
/// <param name="State">How it is.</param>
/// <param name="Text">A sentence for the administrator.</param>
public sealed record HealthCheck(string Name, HealthState State, string Text);

/// <summary>How the server is.</summary>
/// <param name="State">That of the worst check.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Time">When it was looked at.</param>
/// <param name="Checks">All checks.</param>
public sealed record HealthReport(HealthState State, string Version, DateTimeOffset Time, IReadOnlyList<HealthCheck> Checks)
{
    /// <summary>Whether mail can be served: 200 for a monitor that asks by HTTP, 503 otherwise.</summary>
    [JsonIgnore]
    public bool IsServing => State != HealthState.Failed;

    /// <summary>As JSON, UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, HealthJson.Default.HealthReport);

    /// <summary>A report of checks.</summary>
    public static HealthReport Of(DateTimeOffset time, IReadOnlyList<HealthCheck> checks) => new(checks.Max(check => check.State), Versions.Program, time, checks);
}

/// <summary>JSON of reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
