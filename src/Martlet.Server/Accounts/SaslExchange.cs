using System.Buffers.Text;
using Martlet.Protocols.Sasl;

namespace Martlet.Server.Accounts;

/// <summary>What a protocol does next in an exchange. A closed set: the nested records.</summary>
internal abstract record SaslReply
{
    /// <summary>Send this, base64, as continuation; pass the next line to <see cref="SaslExchange.ContinueAsync"/>.</summary>
    public sealed record Continue(string Base64) : SaslReply;

    /// <summary>The exchange has ended: somebody is logged in, or not.</summary>
    public sealed record Ended(LoginResult Result) : SaslReply;

    /// <summary>The client ended the exchange with <c>*</c>.</summary>
    public sealed record Cancelled : SaslReply;

    /// <summary>The line is no base64, or no response of the mechanism.</summary>
    public sealed record Malformed : SaslReply;
}

/// <summary>One AUTH or AUTHENTICATE from the protocol's side: base64 lines in, base64 lines and a login out.</summary>
/// <remarks>SMTP (RFC 4954) and IMAP (RFC 9051 §6.2.2) frame it differently and mean the same. Not thread safe.</remarks>
internal sealed class SaslExchange(SaslMechanism mechanism, Authenticator authenticator, LoginContext context) : IDisposable
{
    private readonly ISaslServer _server = mechanism.Create(authenticator, context);
    private LoginAttemptState? _attempt;
    private bool _isRecorded;
    private LoginResult? _afterFinal;

    /// <summary>Begins.</summary>
    /// <param name="initial">Initial response in base64 (<c>=</c> is an empty one); null when the client sent none.</param>
    /// <param name="cancel">The connection is closing.</param>
    public Task<SaslReply> StartAsync(ReadOnlyMemory<byte>? initial, CancellationToken cancel)
    {
        if (initial is not { } response)
        {
            return Task.FromResult<SaslReply>(new SaslReply.Continue(Convert.ToBase64String(_server.FirstChallenge.Span)));
        }

        if (!_server.TakesInitialResponse)
        {
            return Task.FromResult<SaslReply>(new SaslReply.Malformed());
        }

        return response.Span is [(byte)'='] ? StepAsync(ReadOnlyMemory<byte>.Empty, cancel) : ContinueAsync(response, cancel);
    }

    /// <summary>Takes the client's next line, without its line end.</summary>
    public Task<SaslReply> ContinueAsync(ReadOnlyMemory<byte> line, CancellationToken cancel)
    {
        if (line.Span is [(byte)'*'])
        {
            return Task.FromResult(_afterFinal is null ? Abandon(new SaslReply.Cancelled(), LoginOutcome.Cancelled) : new SaslReply.Cancelled());
        }

        // Base64 allows white space; a response does not.
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(line.Length)];
        var isBase64 = !line.Span.ContainsAny(" \t\r\n"u8)
            & Base64.DecodeFromUtf8(line.Span, decoded, out _, out var length) == System.Buffers.OperationStatus.Done;
        return isBase64 ? StepAsync(decoded.AsMemory(0, length), cancel) : Task.FromResult(Abandon(new SaslReply.Malformed(), LoginOutcome.Malformed));
    }

    /// <summary>An exchange that is broken off is recorded; after the client said who it is and was answered, it counts as failed.</summary>
    public void Dispose()
    {
        if (!_isRecorded)
        {
            Record(LoginOutcome.Cancelled);
        }

        _attempt?.Dispose();
    }

    private Task<SaslReply> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancel)
    {
        if (_afterFinal is not { } result)
        {
            return TakeAsync(_server.Step(response.Span), cancel);
        }

        // The empty response to data that came with success.
        return Task.FromResult<SaslReply>(response.IsEmpty ? new SaslReply.Ended(result) : new SaslReply.Malformed());
    }

    private async Task<SaslReply> TakeAsync(SaslStep step, CancellationToken cancel)
    {
        switch (step)
        {
            case SaslStep.Challenge challenge:
                return new SaslReply.Continue(Convert.ToBase64String(challenge.Data.Span));
            case SaslStep.NeedSecret need:
                _attempt = authenticator.Begin(context, mechanism.Name, need.AuthenticationId);
                _isRecorded = _attempt.IsRefused;
                return _isRecorded
                    ? new SaslReply.Ended(await authenticator.FailAsync(_attempt, LoginOutcome.Throttled, cancel))
                    : await TakeAsync(_server.Resume(_attempt.Entry is { } entry ? PasswordEncoder.FindSecret(entry.Access, need.Kind) : null), cancel);
            case SaslStep.CheckPassword check:
                _isRecorded = true;
                return new SaslReply.Ended(await authenticator.LoginAsync(
                    check.AuthenticationId, check.Password, context, mechanism.Name, check.AuthorizationId, cancel));
            case SaslStep.Proved proved:
                _isRecorded = true;
                // Whether the account may act as wanted is answered before the server proves itself (RFC 5802 §5).
                var result = _attempt is null
                    ? await authenticator.ExternalAsync(context, proved.AuthorizationId, mechanism.Name, cancel)
                    : await authenticator.ProvedAsync(_attempt, proved.AuthorizationId, cancel);
                return result.IsDone ? Finish(result, proved.ServerFinal) : new SaslReply.Ended(result);
            case SaslStep.Failed { Reason: SaslFailure.Malformed }:
                return Abandon(new SaslReply.Malformed(), LoginOutcome.Malformed);
            case SaslStep.Failed failed:
                _isRecorded = true;
                _attempt ??= authenticator.Begin(context, mechanism.Name, "");
                // Without SCRAM's own words for it, which RFC 5802 §5.1 makes optional: some programs (MailKit) take them for a fault of the server and not for a wrong password.
                return new SaslReply.Ended(await authenticator.FailAsync(_attempt, Outcome(failed.Reason), cancel));
            default:
                throw new InvalidOperationException("A step of a kind nobody knows.");
        }
    }

    private SaslReply Finish(LoginResult result, ReadOnlyMemory<byte>? last)
    {
        _afterFinal = result;
        return last is { } data ? new SaslReply.Continue(Convert.ToBase64String(data.Span)) : new SaslReply.Ended(result);
    }

    private SaslReply Abandon(SaslReply reply, LoginOutcome outcome)
    {
        Record(outcome);
        return reply;
    }

    private void Record(LoginOutcome outcome)
    {
        _isRecorded = true;
        if (_attempt is null)
        {
            _attempt = authenticator.Begin(context, mechanism.Name, "");
            _attempt.Login?.Abandon();
        }

        authenticator.Record(_attempt, outcome);
    }

    private static LoginOutcome Outcome(SaslFailure failure) => failure switch
    {
        SaslFailure.ChannelBindingMismatch => LoginOutcome.BadBinding,
        SaslFailure.ChannelBindingDowngrade => LoginOutcome.Downgrade,
        SaslFailure.ChannelBindingUnavailable => LoginOutcome.BadBinding,
        _ => LoginOutcome.BadCredentials,
    };
}
