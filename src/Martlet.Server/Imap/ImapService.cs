using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Observe;
using Martlet.Store;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Imap;

/// <summary>IMAP4rev2 and IMAP4rev1 (RFC 9051, RFC 3501) for the listener: one session a connection, and one more after each UNAUTHENTICATE.</summary>
public sealed class ImapService(MailStore store, Authenticator authenticator, ImapOptions options, TlsSource tls, TimeProvider time, ILogger logger) : IConnectionService
{
    private static readonly byte[] Refused = "* BYE [UNAVAILABLE] Too many connections, try again later.\r\n"u8.ToArray();

    /// <summary>Capabilities that can be hidden from an account's clients, as they are announced.</summary>
    public static IReadOnlyList<string> HideableCapabilities { get; } = [.. Capabilities.Hideable];

    /// <summary>Metrics.</summary>
    public Observation Observation { get; init; } = Observation.None;

    private ImapMetrics Metrics => field ??= new ImapMetrics(Observation.Metrics);

    /// <inheritdoc/>
    public string Name => "imap";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> TooManyConnections => Refused;

    /// <inheritdoc/>
    public async Task RunAsync(Connection connection)
    {
        var login = new LoginContext("imap", connection);
        authenticator.NoteKey(login);
        var isFirst = true;
        bool isOver;
        do
        {
            // RFC 8437 §3: nothing that a login has brought may reach the next. So the next has a session of its own; only the connection, its failed logins and what the client said it is stay.
            using var session = new ImapSession(connection, store, authenticator, options, tls, time, logger, login) { Metrics = Metrics };
            if (isFirst)
            {
                // Only where TLS came first: after STARTTLS the greeting has been said, and a client that logged in then would have begun in the clear.
                if (authenticator.FindKey(login) is { MayPreauth: true } && (await authenticator.ByKeyAsync(login, connection.Stopping)).Grant is { } grant)
                {
                    session.Enter(grant);
                }

                await session.GreetAsync();
            }

            await session.RunAsync();
            isFirst = false;
            isOver = !session.IsUnauthenticated;
        }
        while (!isOver);
    }
}
