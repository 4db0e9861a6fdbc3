using Martlet.Server.Accounts;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Admin;

/// <summary>Signs administrators in.</summary>
internal static class AdminSignIn
{
    /// <summary>Characters of a name that are looked at.</summary>
    public const int NameCharsMax = 64;

    /// <summary>Characters of a password that are looked at.</summary>
    public const int PasswordCharsMax = 1024;

    private static readonly SignInResult Wrong = new(Token: null, "Name or password is wrong.");

    /// <summary>Checks name and password.</summary>
    public static async Task<SignInResult> CheckAsync(WebRequest request, string name, string password)
    {
        if (name.Length is 0 or > NameCharsMax || password.Length is 0 or > PasswordCharsMax)
        {
            return Wrong;
        }

        var result = await request.Services.Admin.Administrators!.ByPasswordAsync(name, password, request.LoginContext(), LoginContexts.Mechanism, request.Cancel);
        if (!result.IsDone)
        {
            return result.Refusal == LoginRefusal.Throttled
                ? new SignInResult(
                    Token: null, "Too many wrong passwords came from your network or for this name. Nothing was checked. Wait some minutes and try again.", StatusCodes.Status429TooManyRequests)
                : Wrong;
        }

        var token = await request.Services.Sessions.StartAsync(result.Administrator, request.Remote, request.Client);
        return token is null ? Wrong : new SignInResult(token);
    }
}
