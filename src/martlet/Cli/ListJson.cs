using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Martlet.Server.Admin;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Setup;

namespace Martlet.Cli;

/// <summary>JSON of the commands that list and show.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<DomainSummary>))]
[JsonSerializable(typeof(IReadOnlyList<AliasSummary>))]
[JsonSerializable(typeof(SettingsSummary))]
[JsonSerializable(typeof(LookupResult))]
[JsonSerializable(typeof(IReadOnlyList<AdministratorSummary>))]
[JsonSerializable(typeof(IReadOnlyList<TokenSummary>))]
[JsonSerializable(typeof(IReadOnlyList<AccountSummary>))]
[JsonSerializable(typeof(AccountDetails))]
[JsonSerializable(typeof(IReadOnlyList<AddressSummary>))]
[JsonSerializable(typeof(IReadOnlyList<KeySummary>))]
[JsonSerializable(typeof(IReadOnlyList<LoginSummary>))]
[JsonSerializable(typeof(IReadOnlyList<DnsRecord>))]
[JsonSerializable(typeof(IReadOnlyList<LogLevelSummary>))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(TraceResult))]
internal sealed partial class ListJson : JsonSerializerContext
{
    /// <summary>For files and programs, not for web pages: addresses stay readable.</summary>
    public static readonly ListJson Readable = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
