namespace Martlet.Protocols.Smtp;

/// <summary>The envelope-from: where bounces go; the null sender <c>&lt;&gt;</c> for mail that must not bounce (RFC 5321 §4.5.5).</summary>
/// <param name="Address">The address; null for the null sender.</param>
public readonly record struct ReversePath(EmailAddress? Address)
{
    /// <summary>Whether this is <c>&lt;&gt;</c>.</summary>
    public bool IsNull => Address is null;

    /// <summary>With its brackets.</summary>
    public override string ToString() => $"<{Address}>";
}
