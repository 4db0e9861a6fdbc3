using System.Text;
using Martlet.Server.Admin;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Account;

/// <summary>TLS keys: what mail programs show instead of a password. Adding one lets somebody in, so the password is asked once more.</summary>
internal static class KeyPages
{
    private const string Path = "/keys";

    private const int LoginsLookedAt = 1000;

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ShowAsync(request, new KeyForm())),
        new("POST", "/keys/add", WebAccess.SignedIn, AddAsync),
        new("POST", "/keys/make", WebAccess.SignedIn, MakeAsync),
        new("POST", "/keys/change", WebAccess.SignedIn, ChangeAsync),
        new("POST", "/keys/remove", WebAccess.SignedIn, RemoveAsync),
    ];

    private static async Task<WebReply> AddAsync(WebRequest request)
    {
        var form = KeyForm.Read(request) with { Pem = await ReadPemAsync(request) };
        if (form.Pem.Length == 0)
        {
            return await ShowAsync(request, form with { AddProblem = "Choose a file with the certificate, or paste it." });
        }

        if (await ProblemAsync(request, form) is { } problem)
        {
            return await ShowAsync(request, form with { AddPasswordProblem = problem });
        }

        var reply = await request.RunAsync(new AddKey(form.Address, form.Pem, form.MayPreauth, form.Name.Length > 0 ? form.Name : null));
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With(Path, "key-added")) : await ShowAsync(request, form with { AddProblem = reply.Text });
    }

    private static async Task<WebReply> MakeAsync(WebRequest request)
    {
        var form = KeyForm.Read(request);
        if (MadeKeys.Problem(form) is { } wrong)
        {
            return await ShowAsync(request, form with { MakeProblem = wrong });
        }

        if (await ProblemAsync(request, form) is { } problem)
        {
            return await ShowAsync(request, form with { MakePasswordProblem = problem });
        }

        var made = await MadeKeys.MakeAsync(form, request.Services.Time.GetUtcNow(), request.Cancel);
        var reply = await request.RunAsync(new AddKey(form.Address, made.CertificatePem, form.MayPreauth, form.Name));
        return reply.Status == AdminStatus.Done ? MadeKeys.File(form, made, request.Services) : await ShowAsync(request, form with { MakeProblem = reply.Text });
    }

    private static async Task<WebReply> ChangeAsync(WebRequest request)
    {
        var reply = await request.RunAsync(new ChangeKey(request.Field("id"), request.Field("name"), request.IsTicked("preauth"), request.Me.Name));
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With(Path, "key-changed")) : await ShowAsync(request, new KeyForm { Problem = Plain(reply) });
    }

    private static async Task<WebReply> RemoveAsync(WebRequest request)
    {
        var reply = await request.RunAsync(new RemoveKey(request.Field("id"), request.Me.Name));
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With(Path, "key-removed")) : await ShowAsync(request, new KeyForm { Problem = Plain(reply) });
    }

    // The refusal for a key that is not there speaks of a command.
    private static string Plain(AdminReply reply) => reply.Text.StartsWith("Nobody has the key", StringComparison.Ordinal) ? "There is no such key any more." : reply.Text;

    private static async Task<string?> ProblemAsync(WebRequest request, KeyForm form)
    {
        // The address comes from a form: it is one of the account's, or none.
        if (!request.Services.Store.Directory.AddressesOf(request.Me.Account!.Id).Contains(form.Address, StringComparer.Ordinal))
        {
            return "Choose one of your addresses.";
        }

        var reply = await request.RunAsync(new ConfirmPassword(request.Me.Name, request.Field("current")));
        return reply.Status == AdminStatus.Done ? null : reply.Text;
    }

    private static async Task<string> ReadPemAsync(WebRequest request)
    {
        if (request.Form.Files["file"] is not { Length: > 0 } file)
        {
            return request.Field("pem").Trim();
        }

        // Not more than a form may be long. A certificate in PEM is ASCII.
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(request.Cancel);
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, KeyForm form)
    {
        var me = request.Me.Name;
        var keys = (await request.RunAsync(new ListKeys(me))).Keys ?? [];
        var logins = (await request.RunAsync(new ListLogins(LoginsLookedAt, me))).Logins ?? [];
        var lastUse = logins.Where(login => login.Result == "ok" && login.Key.Length > 0).GroupBy(login => login.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(login => login.Last), StringComparer.Ordinal);
        var model = new KeysModel(
            form, request.Services.Store.Directory.AddressesOf(request.Me.Account!.Id),
            [.. keys.Select(key => new KeyRow(key, lastUse.TryGetValue(key.Fingerprint, out var last) ? last : null))]);
        return WebReply.Page<KeysPage>(request, "Keys", model, form.HasProblem ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Form">What was filled in and what is wrong with it.</param>
/// <param name="Addresses">Addresses a key may log in as.</param>
/// <param name="Keys">Keys there are.</param>
public sealed record KeysModel(KeyForm Form, IReadOnlyList<string> Addresses, IReadOnlyList<KeyRow> Keys);

/// <summary>A key.</summary>
/// <param name="Key">The key.</param>
/// <param name="LastUse">When it last logged in, as far as the history goes; null for never.</param>
public sealed record KeyRow(KeySummary Key, DateTimeOffset? LastUse);
