using System.Text;
using Martlet.Network.Clients;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Smtp.Client;
using Martlet.Protocols.Text;

namespace Martlet.Network.Smtp;

/// <summary>The part of <see cref="SmtpClient"/> that sends commands and reads replies, and AUTH.</summary>
public sealed partial class SmtpClient
{
    /// <summary>
    /// Logs in with the strongest mechanism that the server offers and the caller has the means for: the client's key (EXTERNAL), then SCRAM bound to the connection,
    /// SCRAM, CRAM-MD5, and PLAIN and LOGIN where TLS has verified the server. Never goes on to a weaker one after a proof or password was refused.
    /// </summary>
    /// <exception cref="SmtpException">The connection has failed; <see cref="SmtpFailure.Protocol"/>: the server said that all is well before it proved who it is.</exception>
    public Task<LoginResult> AuthenticateAsync(LoginCredentials credentials, CancellationToken cancel = default)
    {
        var attempts = new LoginAttempts(Capabilities.Mechanisms, credentials, Tls, Bindings);
        return GuardAsync(end => LogInAsync(attempts, end), cancel);
    }

    /// <summary>AUTH with one mechanism (RFC 4954).</summary>
    /// <returns>235 when logged in.</returns>
    /// <exception cref="SmtpException">As for the strongest mechanism.</exception>
    public Task<ServerReply> AuthenticateAsync(ISaslClient mechanism, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return GuardAsync(async end => (await ExchangeAsync(mechanism, end).ConfigureAwait(false)).Reply, cancel);
    }

    private async Task<LoginResult> LogInAsync(LoginAttempts attempts, CancellationToken cancel)
    {
        ServerReply? reply = null;
        string? name = null;
        while (attempts.Next() is { } mechanism)
        {
            name = mechanism.Mechanism;
            (reply, var responses) = await ExchangeAsync(mechanism, cancel).ConfigureAwait(false);
            if (reply.IsPositive)
            {
                return new LoginResult(IsLoggedIn: true, reply, name, attempts.Strongest, LostMechanism: null);
            }

            if (!attempts.MayGoOn(Refusal(reply), responses))
            {
                break;
            }
        }

        return new LoginResult(IsLoggedIn: false, reply, name, Strongest: null, attempts.LostMechanism);
    }

    // RFC 4954 §4 and §6.
    private static LoginRefusal Refusal(ServerReply reply) => reply.Code switch
    {
        504 or 534 => LoginRefusal.NotAvailable,
        535 => LoginRefusal.Credentials,
        _ => LoginRefusal.Other,
    };

    private async Task<(ServerReply Reply, int Responses)> ExchangeAsync(ISaslClient mechanism, CancellationToken cancel)
    {
        var first = mechanism.InitialResponse;
        var responses = first is null ? 0 : 1;
        var challenges = 0;
        SaslClientStep.Failed? refused = null;
        var reply = await RunAsync(SmtpCommands.Auth(mechanism.Mechanism, first), cancel).ConfigureAwait(false);
        while (reply.IsIntermediate)
        {
            if (++challenges > _options.Limits.ChallengesMax || refused is not null)
            {
                throw new SmtpException(refused is null ? SmtpFailure.Limit : SmtpFailure.Protocol, "The server goes on asking.");
            }

            var step = Answer(mechanism, reply.Lines[^1]);
            refused = step as SaslClientStep.Failed;
            responses += refused is null ? 1 : 0;
            // RFC 4954 §4: a star cancels.
            var answer = step is SaslClientStep.Respond { Data: var data } ? Convert.ToBase64String(data.Span) : "*";
            reply = await RunAsync(answer, _options.Limits.CommandTime, cancel).ConfigureAwait(false);
            if (refused is { Reason: not SaslClientFailure.ServerError })
            {
                throw new SmtpException(SmtpFailure.Protocol, $"What the server says in {mechanism.Mechanism} is not to be trusted: {refused.Reason}.");
            }
        }

        if (reply.IsPositive && (refused is not null || !mechanism.IsComplete))
        {
            throw new SmtpException(SmtpFailure.Protocol, "The server said that the login is done before it was: it did not prove itself.");
        }

        IsAuthenticated |= reply.IsPositive;
        return (reply, responses);
    }

    private SaslClientStep Answer(ISaslClient mechanism, string challenge) =>
        Base64Lines.TryDecode(Encoding.UTF8.GetBytes(challenge), _options.Limits.ChallengeBytesMax, out var bytes)
            ? mechanism.Step(bytes)
            : new SaslClientStep.Failed(SaslClientFailure.Malformed);

    private Task<ServerReply> RunAsync(byte[] line, CancellationToken cancel)
    {
        Write(line);
        return FinishAsync(_options.Limits.CommandTime, cancel);
    }

    private Task<ServerReply> RunAsync(string line, TimeSpan time, CancellationToken cancel)
    {
        Write(SmtpCommands.Line(line));
        return FinishAsync(time, cancel);
    }

    private async Task<ServerReply> FinishAsync(TimeSpan time, CancellationToken cancel)
    {
        await FlushAsync(time, cancel).ConfigureAwait(false);
        return await ReadAsync(time, cancel).ConfigureAwait(false);
    }

    private void Write(ReadOnlySpan<byte> line) => _transport.Output.Write(line);

    /// <summary>Sends commands. What the server has said unasked is looked at first: it must not be taken for the reply.</summary>
    private async Task FlushAsync(TimeSpan time, CancellationToken cancel)
    {
        if (!_transport.Unread.IsEmpty)
        {
            // RFC 5321 §3.8: 421 may come at any time.
            throw await ReadAsync(time, cancel).ConfigureAwait(false) is { Code: 421 } goodbye
                ? new SmtpException(SmtpFailure.Connection, $"The server has said goodbye: {goodbye}")
                : new SmtpException(SmtpFailure.Protocol, "The server replied to something that was not said.");
        }

        using var clock = Clock(time, cancel);
        await _transport.FlushAsync(clock).ConfigureAwait(false);
    }

    /// <summary>Reads one reply, however slowly it trickles in, within the time.</summary>
    private async Task<ServerReply> ReadAsync(TimeSpan time, CancellationToken cancel)
    {
        using var clock = Clock(time, cancel);
        while (true)
        {
            var step = _reader.Next(_transport.Unread, out var consumed, out var reply);
            _transport.Advance(consumed);
            switch (step)
            {
                case ReplyStep.Reply:
                    _goodbye = reply!.Code == 421 ? reply : _goodbye;
                    return reply;
                case ReplyStep.Malformed:
                    throw new SmtpException(SmtpFailure.Protocol, "The server does not speak SMTP.");
                case ReplyStep.Limit:
                    throw new SmtpException(SmtpFailure.Limit, "A reply of the server is too long.");
                case ReplyStep.NeedMore:
                default:
                    await _transport.FillAsync(clock).ConfigureAwait(false);
                    break;
            }
        }
    }
}
