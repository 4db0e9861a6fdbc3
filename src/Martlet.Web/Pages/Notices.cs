using System.Collections.Frozen;
using Martlet.Web.Admin;

namespace Martlet.Web.Pages;

/// <summary>
/// What a page says after something was done: the redirect names the sentence, and only sentences from this table are shown, so that a link of somebody else cannot put words
/// into our mouth.
/// </summary>
internal static class Notices
{
    /// <summary>Parameter of the page's address.</summary>
    public const string Parameter = "done";

    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["signed-out"] = "You are signed out.",
        ["password"] = "The password is changed. Everything that used the old one is signed out, mail programs and other browsers too.",
        ["name"] = "The name is changed.",
        ["key-added"] = "The key is added.",
        ["key-changed"] = "The key is changed.",
        ["key-removed"] = "The key is removed; connections that it opened have ended.",
        ["session-ended"] = "It is ended.",
        ["sessions-ended"] = "All other browsers are signed out.",
        ["capabilities"] = "The switches are changed; mail programs learn of it when they sign in next.",
    }.Concat(AdminNotices.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The sentence of a name; empty when there is none.</summary>
    public static string Find(string name) => Sentences.GetValueOrDefault(name, "");

    /// <summary>Path of a page with a sentence.</summary>
    public static string With(string path, string name) => Sentences.ContainsKey(name) ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}={name}" : throw new ArgumentException($"No sentence '{name}'.", nameof(name));
}
