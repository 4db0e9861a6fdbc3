namespace Martlet.Server.Config;

/// <summary>The form of host and domain names as we take them from people: lower-case A-labels (RFC 5321 §4.1.2, RFC 1123 §2.1).</summary>
public static class HostNames
{
    /// <summary>Whether the name is made of labels of letters, digits and hyphens; one label alone is enough.</summary>
    public static bool IsHostname(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || label.AsSpan().ContainsAnyExcept(LabelChars))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> LabelChars = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
