namespace Martlet.Server.Sendmail;

/// <summary>Limits of what a local program may hand in. It runs with the caller's rights; these keep mistakes small, and the setgid program from filling the disk.</summary>
internal static class SendmailLimits
{
    /// <summary>Bytes of a message.</summary>
    public const int MessageBytesMax = 128 * 1024 * 1024;

    /// <summary>Bytes of a header.</summary>
    public const int HeaderBytesMax = 1024 * 1024;

    /// <summary>Recipients of a message.</summary>
    public const int RecipientsMax = 10_000;

    /// <summary>Recipients of one transaction, which every server takes: RFC 5321 §4.5.3.1.8.</summary>
    public const int RecipientsPerTransaction = 100;

    /// <summary>Bytes of a command line of -bs.</summary>
    public const int CommandLineBytesMax = 4096;

    /// <summary>Bytes of a password or key file.</summary>
    public const int SecretFileBytesMax = 64 * 1024;
}
