using Martlet.Network.Clients;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>The part of <see cref="ImapClient"/> that reads: responses go to their command and into what is known of the server.</summary>
public sealed partial class ImapClient
{
    /// <summary>Reads until something comes that the caller has to answer: a tagged reply, a continuation request, or the greeting.</summary>
    private async ValueTask<ImapResponse> ReadAsync(CommandClock clock)
    {
        while (true)
        {
            var step = NextBuffered(out var response, out var data);
            if (_running.Count > 0)
            {
                await _running[0].HandleQuotedAsync(clock).ConfigureAwait(false);
            }

            switch (step)
            {
                case ResponseStep.Response:
                    return response!;
                case ResponseStep.MessageData:
                    await TakeDataAsync(data, clock).ConfigureAwait(false);
                    break;
                default:
                    await _transport.FillAsync(clock).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Goes through what is buffered. Untagged responses are dealt with on the way.</summary>
    private ResponseStep NextBuffered(out ImapResponse? response, out FetchData? data)
    {
        response = null;
        data = null;
        _framer.StreamsMessageData = _running.Count > 0 && _running[0].StreamsData;
        while (!_transport.Unread.IsEmpty)
        {
            var step = _framer.Next(_transport.Unread, out var consumed, out var text);
            switch (step)
            {
                case ResponseStep.Limit:
                    throw new ImapException(ImapFailure.Limit, _framer.Error);
                case ResponseStep.MessageData:
                    data = _reader.ReadUntilData(text);
                    _transport.Advance(consumed);
                    return step;
                case ResponseStep.Response:
                    var value = _reader.Read(text);
                    _transport.Advance(consumed);
                    if (!Dispatch(value, text.Length))
                    {
                        response = value;
                        return step;
                    }

                    break;
                default:
                    _transport.Advance(consumed);
                    break;
            }
        }

        return ResponseStep.More;
    }

    private async ValueTask TakeDataAsync(FetchData? message, CommandClock clock)
    {
        var data = new LiteralStream(_transport, _framer.DataBytes, clock);
        await using (data.ConfigureAwait(false))
        {
            await _running[0].HandleAsync(message, data, clock).ConfigureAwait(false);
        }
    }

    /// <summary>Deals with a response.</summary>
    /// <returns>False if it is not untagged: somebody waits for it.</returns>
    private bool Dispatch(ImapResponse response, int bytes)
    {
        switch (response)
        {
            case StatusResponse { Tag: { } tag } status:
                End(tag, status);
                return false;
            case ContinuationResponse:
                return false;
            case InvalidResponse invalid when invalid.Start is not ['*', ..]:
                // Neither untagged nor tagged: where the next response begins is not sure any more.
                throw new ImapException(ImapFailure.Protocol, $"The server sent what is no response: {invalid.Error}");
        }

        Apply(response);
        _options.OnUntagged?.Invoke(response);
        if (_running.Count == 0)
        {
            return false; // the greeting
        }

        (_running.Find(static exchange => exchange.Status is null) ?? _running[^1]).Add(response, bytes);
        return true;
    }

    private void End(string tag, StatusResponse status)
    {
        var exchange = _running.Find(running => running.Tag == tag && running.Status is null)
            ?? throw new ImapException(ImapFailure.Protocol, "The server answered a command that was not sent.");
        exchange.Status = status;
        ApplyCapabilities(status.Code);
        switch (exchange.Request)
        {
            // RFC 9051 §6.3.2: after a failed SELECT no mailbox is selected; a BAD one has not been tried.
            case SelectRequest when status.Kind != StatusKind.Bad:
                _opening?.Apply(status.Code);
                Selected = status.Kind == StatusKind.Ok ? _opening : null;
                break;
            case BareRequest { Name: "CLOSE" or "UNSELECT" } when status.Kind == StatusKind.Ok:
                Selected = null;
                break;
            case BareRequest { Name: "UNAUTHENTICATE" } when status.Kind == StatusKind.Ok:
                IsAuthenticated = false;
                Forget();
                break;
            default:
                Selected?.Apply(status.Code);
                break;
        }
    }

    private void Apply(ImapResponse response)
    {
        switch (response)
        {
            case CapabilityData capabilities:
                SetCapabilities(capabilities.Capabilities);
                return;
            case EnabledData enabled:
                _enabled.UnionWith(enabled.Capabilities);
                _reader.IsUtf8 = _enabled.Contains(Capability.Utf8Accept) || _enabled.Contains(Capability.Imap4Rev2);
                return;
            case StatusResponse status:
                ApplyCapabilities(status.Code);
                if (status.Kind == StatusKind.Bye)
                {
                    _bye = status.Text;
                }
                else if (status.Code is PlainCode { Name: ResponseCode.Closed })
                {
                    // RFC 7162 §3.2.11: up to here it was about the mailbox before.
                    Selected = null;
                }

                break;
        }

        // While another mailbox is opened, a server with CLOSED says when the old one ends; others mean the new one from the start.
        var isOld = _opening is null || (Selected is not null && SaysClosed);
        (isOld ? Selected : _opening)?.Apply(response);
    }

    private bool SaysClosed => _enabled.Contains(Capability.QResync) || _enabled.Contains(Capability.Imap4Rev2);

    private void ApplyCapabilities(ResponseCodeData? code)
    {
        if (code is CapabilityCode capabilities)
        {
            SetCapabilities(capabilities.Capabilities);
        }
    }

    private void SetCapabilities(CapabilitySet capabilities)
    {
        Capabilities = capabilities;
        _hasCapabilities = true;
    }
}
