namespace Martlet.Server.Smtp;

/// <summary>Where a session is. Flags, so that a command can name all states it is good for.</summary>
[Flags]
internal enum SmtpState
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>No HELO or EHLO yet, or TLS has just started.</summary>
    Connected = 1,

    /// <summary>Between messages.</summary>
    Ready = 2,

    /// <summary>After MAIL, no recipient yet.</summary>
    Mail = 4,

    /// <summary>After MAIL and a RCPT that was taken.</summary>
    Recipients = 8,

    /// <summary>Any.</summary>
    Any = Connected | Ready | Mail | Recipients,
}
