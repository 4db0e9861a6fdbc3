namespace Martlet.Server.Sendmail;

/// <summary>Exit codes of sendmail programs, as sysexits.h names them; callers such as mail programs and cron know them.</summary>
public static class SendmailExit
{
    /// <summary>All recipients have it.</summary>
    public const int Ok = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The message cannot be read as one, or is too large.</summary>
    public const int DataError = 65;

    /// <summary>A recipient does not exist.</summary>
    public const int NoUser = 67;

    /// <summary>The server refuses the message or a recipient for good.</summary>
    public const int Unavailable = 69;

    /// <summary>The message could not be kept.</summary>
    public const int InputOutput = 74;

    /// <summary>Not sent now; the message is kept.</summary>
    public const int TemporaryFailure = 75;

    /// <summary>Not allowed: the server does not know us, or the program was started in an unsafe way.</summary>
    public const int NoPermission = 77;

    /// <summary>The configuration is wrong or missing.</summary>
    public const int Configuration = 78;
}
