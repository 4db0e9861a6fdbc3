using System.Text;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Delivery;
using Martlet.Server.Observe;
using Martlet.Store;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Smtp;

/// <summary>SMTP on one listener: receiving from other servers, or submission by our users. Sessions translate commands; <see cref="Inbound"/> delivers.</summary>
/// <param name="options">Role and limits.</param>
/// <param name="store">Where mail goes.</param>
/// <param name="authenticator">Logins, for submission.</param>
/// <param name="tls">Certificate for STARTTLS; null offers none.</param>
/// <param name="logger">Log.</param>
public sealed class SmtpService(SmtpOptions options, MailStore store, Authenticator authenticator, TlsSource? tls, ILogger logger) : IConnectionService
{
    private readonly Inbound _inbound = new(store, new InboundOptions
    {
        Hostname = options.Hostname,
        IsSubmission = options.Role == SmtpRole.Submission,
        AcceptAnyRecipientInto = options.AcceptAnyRecipientInto,
    });

    /// <inheritdoc/>
    public string Name => options.Role == SmtpRole.Submission ? "submission" : "smtp";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> TooManyConnections { get; } = Encoding.ASCII.GetBytes($"421 4.3.2 {options.Hostname} Too many connections; try again later.\r\n");

    /// <summary>Metrics and journal.</summary>
    public Observation Observation { get; init; } = Observation.None;

    internal SmtpMetrics Metrics => field ??= new SmtpMetrics(Observation.Metrics);

    internal SmtpOptions Options => options;

    internal MailStore Store => store;

    internal Authenticator Authenticator => authenticator;

    internal TlsSource? Tls => tls;

    internal Inbound Inbound => _inbound;

    internal ILogger Logger => logger;

    /// <inheritdoc/>
    public Task RunAsync(Connection connection) => new SmtpSession(this, connection).RunAsync();
}
