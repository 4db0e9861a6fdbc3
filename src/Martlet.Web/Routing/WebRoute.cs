namespace Martlet.Web.Routing;

/// <summary>One thing that can be asked for by HTTP.</summary>
/// <param name="Method">GET (HEAD comes with it) or POST.</param>
/// <param name="Pattern">Path, with <c>{name}</c> for a part that varies.</param>
/// <param name="Access">Who may.</param>
/// <param name="Handle">Answers it.</param>
internal sealed record WebRoute(string Method, string Pattern, WebAccess Access, Func<WebRequest, Task<WebReply>> Handle)
{
    /// <summary>A route whose handler has nothing to wait for.</summary>
    public WebRoute(string method, string pattern, WebAccess access, Func<WebRequest, WebReply> handle)
        : this(method, pattern, access, request => Task.FromResult(handle(request)))
    {
    }

    /// <summary>All methods.</summary>
    public string[] Methods { get; } = Method == "GET" ? ["GET", "HEAD"] : [Method];

    /// <summary>
    /// Bytes of the body; null for those of a form. A body that is read by the handler (<see cref="IsStreamed"/>) has its own.
    /// </summary>
    public long? BodyBytesMax { get; init; }

    /// <summary>Whether the handler reads the body. For <see cref="WebAccess.SignedIn"/> it must then check the form's token itself, with <see cref="WebRequest.IsTokenRight"/>, before anything else.</summary>
    public bool IsStreamed { get; init; }
}
