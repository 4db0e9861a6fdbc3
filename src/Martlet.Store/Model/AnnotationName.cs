namespace Martlet.Store.Model;

/// <summary>Rules for names of annotations (RFC 5464 §3.2), for whoever names one.</summary>
public static class AnnotationName
{
    /// <summary>The special use of a mailbox as an annotation (RFC 6154 §4). It is a property of the mailbox and never stored as an annotation.</summary>
    public const string SpecialUse = "/private/specialuse";

    private const int VendorComponentsMin = 4;

    /// <summary>Brings a name into the form it is stored in: lower case, because case makes no difference.</summary>
    /// <param name="name">Name.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="normalized">In lower case.</param>
    /// <returns>
    /// False when it is not allowed: not below <c>/private</c> or <c>/shared</c>, too short for the vendor namespace, an empty component, a wildcard, a control or
    /// other than ASCII, too long, or <see cref="SpecialUse"/>.
    /// </returns>
    public static bool TryNormalize(string name, StoreLimits limits, out string normalized)
    {
        normalized = "";
        if (name.Length > limits.AnnotationNameBytesMax || name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name.AsSpan().ContainsAny('*', '%'))
        {
            return false;
        }

        var lower = name.ToLowerInvariant();
        if (lower.Split('/') is not ["", "private" or "shared", var first, .. var rest] || first.Length == 0 || rest.Contains("") || lower == SpecialUse
            || (first == "vendor" && rest.Length + 2 < VendorComponentsMin))
        {
            return false;
        }

        normalized = lower;
        return true;
    }
}
