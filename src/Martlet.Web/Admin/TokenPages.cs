using System.Globalization;
using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Tokens with which programs use the HTTP API. A new one is the own one of who makes it, and is shown once.</summary>
internal static class TokenPages
{
    /// <summary>Its routes; the page is the administrators'.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("POST", "/tokens/add", WebAccess.SignedIn, AddAsync),
        new("POST", "/tokens/remove", WebAccess.SignedIn, request => request.ChangeAsync(
            new RemoveToken(request.Field("administrator"), request.Field("name")), AdministratorPages.Path, "token-removed", retry => AdministratorPages.ShowAsync(request, retry))),
    ];

    private static async Task<WebReply> AddAsync(WebRequest request)
    {
        var (name, daysText) = (request.Field("token-name").Trim(), request.Field("days").Trim());
        int? days = null;
        if (daysText.Length > 0)
        {
            if (!int.TryParse(daysText, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return await AdministratorPages.ShowAsync(request, Retry.Of(request, "The days are a number, or empty for ever."));
            }

            days = number;
        }

        if (await request.PasswordProblemAsync() is { } problem)
        {
            return await AdministratorPages.ShowAsync(request, Retry.Of(request, problem));
        }

        var reply = await request.ChangeAsync(new AddToken(request.Me.Name, name, days));
        return reply is { Status: AdminStatus.Done, Token: { } token }
            ? WebReply.Page<SecretPage>(request, "The token is made", new SecretModel(
                "", $"Token {name}", token, "A program that has it may do everything that you may. It is shown this once.", new MenuItem(AdministratorPages.Path, "Back to the administrators")))
            : await AdministratorPages.ShowAsync(request, Retry.Of(request, reply.Text));
    }
}
