using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Martlet.Server.Control;

namespace Martlet.Server.Admin;

/// <summary>
/// All requests by name, and their JSON: for the HTTP API and its description. Everything here comes from the types themselves, so that it cannot differ from what is
/// carried out.
/// </summary>
public static class AdminCatalog
{
    private const int DepthMax = 16;

    private static readonly FrozenDictionary<string, Type> Types = typeof(AdminRequest).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(row => (string)row.TypeDiscriminator!, row => row.DerivedType, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> NamesByType = Types.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    private static readonly JsonSchemaExporterOptions SchemaOptions = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>Names of the requests that are JSON alone, sorted. Those that come with a file or give one are not among them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Types.Where(entry => !typeof(ImportRequest).IsAssignableFrom(entry.Value) && !typeof(ExportRequest).IsAssignableFrom(entry.Value)).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    /// <summary>Name of a request.</summary>
    public static string NameOf(AdminRequest request) => NamesByType[request.GetType()];

    /// <summary>Reads a request.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="json">Its fields as a JSON object, UTF-8; empty for none.</param>
    /// <param name="problem">What is wrong with it; empty when nothing is.</param>
    /// <returns>Null when something is.</returns>
    public static AdminRequest? Read(string name, ReadOnlyMemory<byte> json, out string problem)
    {
        var type = InfoOf(name);
        try
        {
            using var document = JsonDocument.Parse(json.IsEmpty ? "{}"u8.ToArray() : json, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            if (Problem(name, type, document.RootElement) is { } wrong)
            {
                problem = wrong;
                return null;
            }

            problem = "";
            return (AdminRequest?)document.RootElement.Deserialize(type);
        }
        catch (JsonException e)
        {
            problem = e.Path is { Length: > 2 } path ? $"The field '{path[2..]}' of {name} has not its form; GET /api/v1 shows it." : $"This is not JSON: {Sentence(e.Message)}";
            return null;
        }
    }

    /// <summary>A reply as JSON, UTF-8.</summary>
    public static byte[] Write(AdminReply reply) => JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.AdminReply);

    /// <summary>JSON schema of a request's fields.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static JsonNode SchemaOf(string name) => InfoOf(name).GetJsonSchemaAsNode(SchemaOptions);

    /// <summary>JSON schema of replies.</summary>
    public static JsonNode ReplySchema() => ControlJson.Default.AdminReply.GetJsonSchemaAsNode(SchemaOptions);

    private static JsonTypeInfo InfoOf(string name) => ControlJson.Default.GetTypeInfo(Types[name]) ?? throw new ArgumentException($"No request '{name}'.", nameof(name));

    // Said by us where the library would speak of its types.
    private static string? Problem(string name, JsonTypeInfo type, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return $"A request is a JSON object with the fields of {name}.";
        }

        var known = type.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = root.EnumerateObject().FirstOrDefault(property => !known.Contains(property.Name));
        if (unknown.Value.ValueKind != JsonValueKind.Undefined)
        {
            return known.Count == 0 ? $"{name} has no fields; '{unknown.Name}' was sent." : $"{name} has no field '{unknown.Name}'; its fields are {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
        }

        var missing = type.Properties.Where(property => property.IsRequired && !root.TryGetProperty(property.Name, out _)).Select(property => property.Name).ToList();
        return missing.Count == 0 ? null : $"{name} needs the {(missing.Count == 1 ? "field" : "fields")} {string.Join(", ", missing)}.";
    }

    // Without what the library puts behind it: path and position are in its first sentence where they matter.
    private static string Sentence(string message) => message.Split(" Path:")[0].Split(" LineNumber:")[0].Trim();
}
