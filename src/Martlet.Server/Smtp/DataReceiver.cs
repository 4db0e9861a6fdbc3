using Martlet.Network.Connections;
using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;
using Martlet.Store;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Smtp;

/// <summary>
/// Takes the data of one message from the connection into a spool, to its true end whatever is wrong with it: only then can the next command be told from
/// message text.
/// </summary>
internal sealed partial class DataReceiver(SmtpSession session, MessageSpool spool)
{
    private readonly Connection _connection = session.Connection;
    private DataReader _reader;
    private SmtpReply? _refusal;
    private long _bytes;

    /// <summary>What was seen in the header.</summary>
    public HeaderWatch Header { get; } = new();

    /// <summary>Whether the end was not reached; the session is ending then.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Receives.</summary>
    /// <returns>Null when the message is whole and good; otherwise the reply.</returns>
    public async Task<SmtpReply?> ReceiveAsync()
    {
        var started = _connection.Time.GetTimestamp();
        while (!Take())
        {
            var left = session.Options.DataTimeout - _connection.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return CutOff(EndReason.IdleTimeout, Replies.TooSlow);
            }

            if (_bytes > session.Service.Store.Limits.MessageBytesMax + session.Options.SkippedDataBytesMax)
            {
                return CutOff(EndReason.ProtocolError, Replies.MessageTooBig);
            }

            _connection.ExpectWithin(left < session.Options.DataBlockTimeout ? left : session.Options.DataBlockTimeout);
            await _connection.FlushAsync();
            if (!await _connection.FillAsync())
            {
                return CutOff(EndReason.PeerClosed, reply: null);
            }
        }

        // Smuggling first: of such a message nothing else is true.
        if (_reader.HasBareLineBreak)
        {
            return Replies.BareLineBreak;
        }

        if (_refusal is null)
        {
            spool.Complete();
        }

        return _refusal ?? (Header.ReceivedFields > session.Options.ReceivedFieldsMax ? Replies.Loop : null);
    }

    // True at the end of the data. What follows it stays unread.
    private bool Take()
    {
        while (!_connection.Unread.IsEmpty && !_reader.IsComplete)
        {
            var content = _reader.Read(_connection.Unread, out var consumed);
            _bytes += content.Length;
            if (_bytes > session.Service.Store.Limits.MessageBytesMax)
            {
                _refusal ??= Replies.MessageTooBig;
            }
            else if (_refusal is null && !_reader.HasBareLineBreak)
            {
                Keep(content);
            }

            _connection.Advance(consumed);
        }

        return _reader.IsComplete;
    }

    private void Keep(ReadOnlySpan<byte> content)
    {
        try
        {
            Header.Take(content);
            spool.Write(content);
        }
        catch (StoreException e)
        {
            LogSpoolFailed(session.Service.Logger, _connection.Token, e);
            _refusal = e.Failure == StoreFailure.DiskFull ? Replies.DiskFull : Replies.Unavailable;
        }
    }

    private SmtpReply? CutOff(EndReason reason, SmtpReply? reply)
    {
        IsCutOff = true;
        session.End(reason);
        return reply;
    }

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "message could not be spooled cid={Cid}")]
    private static partial void LogSpoolFailed(ILogger logger, string cid, Exception fault);
}
