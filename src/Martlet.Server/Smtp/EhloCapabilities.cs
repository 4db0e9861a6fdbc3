using System.Globalization;
using Martlet.Server.Accounts;

namespace Martlet.Server.Smtp;

/// <summary>What EHLO announces, and when.</summary>
internal static class EhloCapabilities
{
    private static readonly Func<SmtpSession, string?>[] All =
    [
        _ => "PIPELINING",
        session => string.Create(CultureInfo.InvariantCulture, $"SIZE {session.Service.Store.Limits.MessageBytesMax}"),
        session => session.Service.Tls is not null && session.Connection.Tls is null ? "STARTTLS" : null,
        Mechanisms,
        _ => "ENHANCEDSTATUSCODES",
        _ => "8BITMIME",
        _ => "SMTPUTF8",
        // RFC 9422.
        session => string.Create(CultureInfo.InvariantCulture, $"LIMITS RCPTMAX={session.Options.RecipientsMax} MAILMAX={session.Options.TransactionsMax}"),
    ];

    /// <summary>Lines for a session as it is now.</summary>
    public static IEnumerable<string> Of(SmtpSession session) => All.Select(row => row(session)).OfType<string>();

    // RFC 4954 §3; not offered where it would be refused.
    private static string? Mechanisms(SmtpSession session)
    {
        if (session.Options.Role != SmtpRole.Submission)
        {
            return null;
        }

        var offered = string.Join(' ', SaslMechanisms.Offered(session.Service.Authenticator, session.Login, session.Options.AllowPlainWithoutTls));
        return offered.Length == 0 ? null : $"AUTH {offered}";
    }
}
