using System.Text;
using Martlet.Server.Setup;

namespace Martlet.Cli;

/// <summary>DNS records as lines of a zone file, each under its reason; what is no line to add is a comment.</summary>
internal static class DnsText
{
    private static readonly (DnsNeed Need, string Title)[] Parts =
    [
        (DnsNeed.Needed, "NEEDED, so that mail comes and others take yours"),
        (DnsNeed.Programs, "FOR MAIL PROGRAMS, which set themselves up with them"),
        (DnsNeed.Later, "LATER"),
    ];

    /// <summary>The lines.</summary>
    /// <param name="records">The records.</param>
    /// <param name="width">Columns for comments; records are as long as they are.</param>
    public static string Write(IReadOnlyList<DnsRecord> records, int width)
    {
        var text = new StringBuilder();
        foreach (var (need, title) in Parts)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("; ").Append(title).Append('\n');
            var why = "";
            foreach (var record in records.Where(record => record.Need == need))
            {
                if (record.Why != why)
                {
                    text.Append('\n');
                    foreach (var line in Text.Wrap(record.Why, width - 2))
                    {
                        text.Append("; ").Append(line).Append('\n');
                    }
                }

                why = record.Why;
                text.Append(record.AtProvider || record.Value is null ? ";   " : "").Append(record.Name).Append("  IN  ").Append(record.Type).Append("  ").Append(record.Value ?? "...").Append('\n');
            }
        }

        return text.ToString();
    }
}
