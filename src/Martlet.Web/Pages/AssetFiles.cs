using System.Collections.Frozen;
using System.Security.Cryptography;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Pages;

/// <summary>The few files that pages load, out of the program itself. Their addresses change with their content, so that browsers may keep them for ever.</summary>
internal static class AssetFiles
{
    private static readonly (string Name, string ContentType)[] All = [("site.css", "text/css; charset=utf-8"), ("site.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml")];

    private static readonly FrozenDictionary<string, AssetFile> Files = All.ToFrozenDictionary(file => file.Name, file => Load(file.Name, file.ContentType), StringComparer.Ordinal);

    /// <summary>Their route: on every surface with pages.</summary>
    public static WebRoute Route { get; } = new("GET", "/assets/{version}/{name}", WebAccess.Anybody, Serve);

    /// <summary>Address of a file.</summary>
    public static string PathOf(string name) => $"/assets/{Files[name].Version}/{name}";

    private static WebReply Serve(WebRequest request)
    {
        if (!Files.TryGetValue(request.Part("name"), out var file) || file.Version != request.Part("version"))
        {
            return ErrorReplies.NotFound;
        }

        return WebReply.By(context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            context.Response.ContentType = file.ContentType;
            context.Response.ContentLength = file.Bytes.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).AsTask();
        });
    }

    private static AssetFile Load(string name, string contentType)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new AssetFile(bytes, contentType, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    private sealed record AssetFile(byte[] Bytes, string ContentType, string Version);
}
