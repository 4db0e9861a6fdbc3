namespace Martlet.Protocols.Smtp;

/// <summary>An envelope recipient; <c>&lt;postmaster&gt;</c> without a domain is one too (RFC 5321 §4.5.1).</summary>
/// <param name="Address">The address; null for <c>&lt;postmaster&gt;</c>.</param>
public readonly record struct ForwardPath(EmailAddress? Address)
{
    /// <summary>Whether this is <c>&lt;postmaster&gt;</c>.</summary>
    public bool IsPostmaster => Address is null;

    /// <summary>With its brackets.</summary>
    public override string ToString() => Address is null ? "<postmaster>" : $"<{Address}>";
}
