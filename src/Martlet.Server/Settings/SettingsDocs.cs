using System.Text;
using Martlet.Server.Config;

namespace Martlet.Server.Settings;

/// <summary>The description of the configuration as text (<c>martlet config export</c>), from the same tables that read it.</summary>
public static class SettingsDocs
{
    /// <summary>All blocks with their lines, as plain text.</summary>
    public static string Describe()
    {
        var text = new StringBuilder("""
            What martlet config export writes and martlet config apply reads. The first line is: version 1
            Then come blocks, in any order; a block begins with a line of its own and goes on to the next one. Spaces separate; "..." holds a value with spaces together,
            with \" and \\ inside. A # begins a comment. What a block does not say has its default; but a password that is not there stays as it is.


            """);
        Block(text, "settings", "The server itself. Without this block its settings stay as they are.", SettingsTables.Server);
        Block(text, "domain NAME", "A domain of ours.", SettingsTables.Domain);
        Block(text, "account ADDRESS", "An account; the address is its name.", SettingsTables.Account);
        Block(text, "alias ADDRESS", "An address whose mail goes to several accounts.", SettingsTables.Alias);
        Block(text, "administrator NAME", "Somebody who signs in on the admin page.", SettingsTables.Administrator);
        text.Length--;
        return text.ToString();
    }

    private static void Block<TDraft>(StringBuilder text, string head, string about, IReadOnlyList<ConfigOption<At<TDraft>>> options)
    {
        text.Append(head).Append("\n    ").Append(about).Append("\n\n");
        foreach (var line in ConfigDocs.Describe(options).Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : "    ").Append(line).Append('\n');
        }
    }
}
