using System.Text;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Everything that is set up, as one text: taken out, and put in again after it was shown what would change.</summary>
internal static class ConfigurationPages
{
    private const string Path = "/configuration";

    // Some ten thousand accounts; larger ones go by martlet config apply.
    private const int TextBytesMax = 2 * 1024 * 1024;

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => Show(request, new ConfigurationModel())),
        new("POST", "/configuration/export", WebAccess.SignedIn, ExportAsync),
        new("POST", "/configuration/check", WebAccess.SignedIn, request => ApplyAsync(request, isDryRun: true)) { BodyBytesMax = TextBytesMax },
        new("POST", "/configuration/apply", WebAccess.SignedIn, request => ApplyAsync(request, isDryRun: false)) { BodyBytesMax = TextBytesMax },
    ];

    private static async Task<WebReply> ExportAsync(WebRequest request)
    {
        var withSecrets = request.IsTicked("secrets");
        if (withSecrets && await request.PasswordProblemAsync() is { } problem)
        {
            return Show(request, new ConfigurationModel { Retry = Retry.Of(request, problem) });
        }

        var reply = await request.ChangeAsync(new ExportSettings(withSecrets));
        return reply.ConfigText is { } text
            ? WebReply.File("text/plain; charset=utf-8", "martlet-settings.txt", Encoding.UTF8.GetBytes(text))
            : Show(request, new ConfigurationModel { Retry = Retry.Of(request, reply.Text) });
    }

    private static async Task<WebReply> ApplyAsync(WebRequest request, bool isDryRun)
    {
        var text = await ReadTextAsync(request);
        var model = new ConfigurationModel { Text = text, RemovesAccounts = request.IsTicked("remove-accounts") };
        if (text.Length == 0)
        {
            return Show(request, model with { Retry = Retry.Of(request, "Choose a file, or paste the text.") });
        }

        var change = new ApplySettings(text, isDryRun, model.RemovesAccounts);
        if (!isDryRun && await request.PasswordProblemAsync() is { } problem)
        {
            // What would change is shown again, with what is wrong.
            var again = await request.RunAsync(change with { IsDryRun = true });
            return Show(request, model with { Changes = again.Changes, IsReady = again.Status == AdminStatus.Done, Retry = Retry.Of(request, problem) });
        }

        var reply = isDryRun ? await request.RunAsync(change) : await request.ChangeAsync(change);
        return reply.Status == AdminStatus.Done
            ? Show(request, model with { Changes = reply.Changes ?? [], IsReady = isDryRun && reply.Changes is { Count: > 0 }, Said = reply.Text })
            : Show(request, model with { Changes = reply.Changes, Problems = reply.Problems ?? [], Retry = Retry.Of(request, reply.Text) });
    }

    private static async Task<string> ReadTextAsync(WebRequest request)
    {
        if (request.Form.Files["file"] is { Length: > 0 } file)
        {
            // Not more than the form may be long.
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            return await reader.ReadToEndAsync(request.Cancel);
        }

        // Browsers send lines of a form with CRLF.
        return request.Field("text").ReplaceLineEndings("\n").Trim('\n');
    }

    private static WebReply Show(WebRequest request, ConfigurationModel model) => WebReply.Page<ConfigurationPage>(request, "Configuration", model, model.Retry.Status);
}

/// <summary>What the page shows.</summary>
public sealed record ConfigurationModel
{
    /// <summary>The text that was given; empty at first.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether accounts that it does not name go.</summary>
    public bool RemovesAccounts { get; init; }

    /// <summary>What would change or has changed; null when nothing was looked at.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>What is wrong with it, by line.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; init; } = [];

    /// <summary>Whether it can be applied.</summary>
    public bool IsReady { get; init; }

    /// <summary>What was done; empty for nothing.</summary>
    public string Said { get; init; } = "";

    /// <summary>A form that was not taken.</summary>
    public Retry Retry { get; init; } = Retry.None;

    /// <summary>Nothing of the text, which may have secrets in it: records print themselves into logs.</summary>
    public override string ToString() => nameof(ConfigurationModel);
}
