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
internal sealed class SaslExchange(SaslMechanism mechanism, Authenticator authenticator, LoginContext context)
{
    private readonly ISaslServer _server = mechanism.Create(context);
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
            return Task.FromResult<SaslReply>(new SaslReply.Cancelled());
        }

        // Base64 allows white space; a response does not.
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(line.Length)];
        var isBase64 = !line.Span.ContainsAny(" \t\r\n"u8)
            & Base64.DecodeFromUtf8(line.Span, decoded, out _, out var length) == System.Buffers.OperationStatus.Done;
        return isBase64 ? StepAsync(decoded.AsMemory(0, length), cancel) : Task.FromResult<SaslReply>(new SaslReply.Malformed());
    }

    private async Task<SaslReply> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancel)
    {
        if (_afterFinal is { } result)
        {
            // The empty response to data that came with success.
            return response.IsEmpty ? new SaslReply.Ended(result) : new SaslReply.Malformed();
        }

        switch (_server.Step(response.Span))
        {
            case SaslStep.Challenge challenge:
                return new SaslReply.Continue(Convert.ToBase64String(challenge.Data.Span));
            case SaslStep.CheckPassword check:
                return new SaslReply.Ended(await authenticator.LoginAsync(
                    check.AuthenticationId, check.Password, context, mechanism.Name, check.AuthorizationId, cancel));
            case SaslStep.Proved proved:
                // No mechanism proves by itself yet; the first one that does brings the account lookup.
                _afterFinal = new LoginResult(Account: null, LoginRefusal.BadCredentials);
                return proved.ServerFinal is { } final ? new SaslReply.Continue(Convert.ToBase64String(final.Span)) : new SaslReply.Ended(_afterFinal.Value);
            case SaslStep.Failed { Reason: SaslFailure.Malformed }:
                return new SaslReply.Malformed();
            case SaslStep.Failed failed:
                _afterFinal = new LoginResult(Account: null, LoginRefusal.BadCredentials);
                return failed.ServerFinal is { } error ? new SaslReply.Continue(Convert.ToBase64String(error.Span)) : new SaslReply.Ended(_afterFinal.Value);
            default:
                throw new InvalidOperationException("A step of a kind nobody knows.");
        }
    }
}
