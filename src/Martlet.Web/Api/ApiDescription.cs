using System.Text.Json.Nodes;
using Martlet.Server.Admin;
using Martlet.Server.Observe;

namespace Martlet.Web.Api;

/// <summary>Describes the interface for programs, made from the requests themselves.</summary>
internal static class ApiDescription
{
    private const string Json = "application/json";

    private static readonly (string Status, string Text)[] Answers =
    [
        ("200", "Done."),
        ("400", "Not the JSON of this request; the text says what is wrong."),
        ("401", "No token, or none that is taken."),
        ("413", "Too large."),
        ("415", "Not application/json."),
        ("422", "Refused: what was asked for cannot be done; the text says why."),
        ("429", "Too many requests, or too many wrong tokens."),
        ("500", "The disk or the database failed."),
    ];

    /// <summary>All requests with the JSON schema of their fields.</summary>
    public static JsonNode Requests(string path) => new JsonObject
    {
        ["version"] = 1,
        ["server"] = Versions.Program,
        ["requests"] = new JsonArray([.. AdminCatalog.Names.Select(name => new JsonObject
        {
            ["do"] = name,
            ["path"] = $"{path}/{name}",
            ["fields"] = AdminCatalog.SchemaOf(name),
        })]),
    };

    /// <summary>The same as OpenAPI 3.1, whose schemas are JSON schemas.</summary>
    public static JsonNode OpenApi(string path) => new JsonObject
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject { ["title"] = "Martlet", ["version"] = "1" },
        ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
        ["paths"] = new JsonObject(AdminCatalog.Names.Select(name => KeyValuePair.Create<string, JsonNode?>($"{path}/{name}", new JsonObject { ["post"] = Operation(name) }))),
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            ["schemas"] = new JsonObject { ["Reply"] = AdminCatalog.ReplySchema() },
        },
    };

    private static JsonObject Operation(string name) => new()
    {
        ["operationId"] = name,
        ["requestBody"] = new JsonObject { ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = AdminCatalog.SchemaOf(name) } } },
        ["responses"] = new JsonObject(Answers.Select(answer => KeyValuePair.Create<string, JsonNode?>(answer.Status, new JsonObject
        {
            ["description"] = answer.Text,
            ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Reply" } } },
        }))),
    };
}
