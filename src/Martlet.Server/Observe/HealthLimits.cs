namespace Martlet.Server.Observe;

/// <summary>Where health ends.</summary>
public sealed record HealthLimits
{
    /// <summary>Free bytes below which somebody should look.</summary>
    public long DiskFreeBytesWarning { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Free bytes below which the server counts as failed: mail will soon be refused.</summary>
    public long DiskFreeBytesMin { get; init; } = 128L * 1024 * 1024;

    /// <summary>How long a certificate must be valid still.</summary>
    public TimeSpan CertificateWarning { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long the store may take to answer.</summary>
    public TimeSpan StorePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a report is given again: whoever asks often costs no more.</summary>
    public TimeSpan ReportAge { get; init; } = TimeSpan.FromSeconds(2);
}
