using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Martlet.Cli.Setup;
using Martlet.Server.Admin;
using Martlet.Server.Observe;

namespace Martlet.Cli;

/// <summary>
/// What <c>--json</c> prints, one value on standard output: the data that was asked for; else <c>status</c> (done, refused, failed or usage), <c>text</c> and what
/// the reply brings. The exit code is the same as without.
/// </summary>
internal static class JsonOutput
{
    /// <summary>Name of the option.</summary>
    public const string OptionName = "--json";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the option to every command that has none of its own and has something to tell.</summary>
    public static void AddOption(Command command)
    {
        foreach (var below in command.Subcommands)
        {
            AddOption(below);
        }

        if (command is MartletCommand { HasNoJson: false } && command.Options.All(option => option.Name != OptionName))
        {
            command.Add(new Option<bool>(OptionName) { Description = "As a JSON object: status (done, refused, failed, usage), text, and figures where there are some." });
        }
    }

    /// <summary>A reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="password">A password that was made; null for none.</param>
    public static string Reply(AdminReply reply, string? password)
    {
        var value = JsonSerializer.SerializeToNode(reply, ReplyJson.Readable.AdminReply)!.AsObject();
        if (password is not null)
        {
            value["password"] = password;
        }

        return Text(value);
    }

    /// <summary>Tells that it went wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Fail(Terminal terminal, string status, string text, int code)
    {
        terminal.Print(Text(new JsonObject { ["status"] = status, ["text"] = text }));
        return code;
    }

    /// <summary>The version, without a line end.</summary>
    public static string Version() => Text(new JsonObject
    {
        ["version"] = Versions.Program,
        ["framework"] = RuntimeInformation.FrameworkDescription,
        ["runtime"] = RuntimeInformation.RuntimeIdentifier,
    }).TrimEnd('\n');

    /// <summary>A value with a line end.</summary>
    public static string Text(JsonNode value) => value.ToJsonString(Options) + "\n";
}

/// <summary>JSON of replies as a whole: what a reply does not have is left out.</summary>
[JsonSerializable(typeof(AdminReply))]
[JsonSerializable(typeof(QuickstartReport))]
internal sealed partial class ReplyJson : JsonSerializerContext
{
    /// <summary>For files and programs, not for web pages: addresses stay readable.</summary>
    public static readonly ReplyJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
