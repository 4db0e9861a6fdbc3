using Martlet.Server.Accounts;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Account;

/// <summary>Signs users in by the same place as mail programs: same answers, same throttle, same history.</summary>
internal static class AccountSignIn
{
    private const int NameCharsMax = 320;
    private const int PasswordCharsMax = 1024;

    private static readonly SignInResult Wrong = new(Token: null, "Address or password is wrong.");

    /// <summary>Checks address and password.</summary>
    public static async Task<SignInResult> CheckAsync(WebRequest request, string address, string password)
    {
        if (address.Length is 0 or > NameCharsMax || password.Length is 0 or > PasswordCharsMax)
        {
            return Wrong;
        }

        var result = await request.Services.Authenticator.LoginAsync(address, password, request.LoginContext(), LoginContexts.Mechanism, cancel: request.Cancel);
        if (!result.IsDone)
        {
            return Problem(result);
        }

        var token = await request.Services.Sessions.StartAsync(result.Grant, request.Remote, request.Client);
        return token is null ? Wrong : new SignInResult(token);
    }

    /// <summary>What whoever could not be let in is told.</summary>
    public static SignInResult Problem(LoginResult result) => result.Refusal switch
    {
        LoginRefusal.Throttled or LoginRefusal.TooManyFailures => new SignInResult(
            Token: null, "Too many wrong passwords came from your network or for this address. Nothing was checked. Wait some minutes and try again.", StatusCodes.Status429TooManyRequests),
        LoginRefusal.Disabled => new SignInResult(Token: null, result.Text),
        _ => Wrong,
    };
}
