namespace Martlet.Web.Routing;

/// <summary>Who may use a route. It also says what a POST must bring, so that no handler can forget it.</summary>
public enum WebAccess
{
    /// <summary>Anybody, without cookies: settings for mail programs, files, programs with tokens. No CSRF check, because there is nothing that a browser would add by itself.</summary>
    Anybody,

    /// <summary>Anybody with a browser: the sign-in page. A POST needs the token of its form, bound to a cookie of the visit.</summary>
    Visitor,

    /// <summary>Who is signed in, in the surface's realm. A POST needs the token of its form, bound to the session.</summary>
    SignedIn,
}
