using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Martlet.Load.Server;

namespace Martlet.Load.Clients;

/// <summary>
/// A client that does what people's do, one command a step: logs in, lists, asks for the status, selects, then some twenty commands by lot, and logs out; over
/// and over. Keeps the mailbox at about <see cref="Kept"/> messages. The lot depends on the seed alone, but what others do on the same mailbox shows.
/// </summary>
internal sealed class MixSession(IImapServer server, int user, int seed, IReadOnlyList<byte[]> messages) : IDisposable
{
    /// <summary>Messages a mailbox keeps.</summary>
    public const int Kept = 30;

    private const int StepsAfterSelect = 20;

    private readonly Random _random = new(seed);
    private readonly (int Weight, Func<MixSession, Task> RunAsync)[] _lots =
    [
        (28, session => session.ExchangeAsync($"FETCH {session.Range()} (UID FLAGS)")),
        (16, session => session.ExchangeAsync($"FETCH {session.Range()} (ENVELOPE INTERNALDATE RFC822.SIZE)")),
        (8, session => session.ExchangeAsync($"FETCH {session.Range()} (BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT DATE MESSAGE-ID)])")),
        (14, session => session.ExchangeAsync($"FETCH {session.One()} (BODY.PEEK[])")),
        (14, session => session.ExchangeAsync($"STORE {session.Range()} {session.Sign()}FLAGS (\\Flagged)")),
        (6, session => session.ExchangeAsync("UID SEARCH UNSEEN")),
        (2, session => session.ExchangeAsync("UID SEARCH SUBJECT budget")),
        (6, session => session.AppendAsync()),
        (3, session => session.ExchangeAsync($"COPY {session.One()} INBOX")),
        (3, session => session.DeleteAsync()),
    ];

    private Wire? _wire;
    private int _step;
    private int _exists;
    private bool _mustExpunge;

    /// <summary>Runs the next command; done when its tagged reply has come.</summary>
    public async Task StepAsync()
    {
        switch (_step++)
        {
            case 0:
                _wire = await Wire.ConnectAsync(server.ImapPort);
                await _wire.LineAsync();
                await ExchangeAsync($"LOGIN {server.Address(user)} {server.Password}");
                break;
            case 1:
                await ExchangeAsync("LIST \"\" *");
                break;
            case 2:
                await ExchangeAsync("STATUS INBOX (MESSAGES UNSEEN UIDNEXT)");
                break;
            case 3:
                await ExchangeAsync("SELECT INBOX");
                break;
            case < 4 + StepsAfterSelect:
                await LotAsync();
                break;
            default:
                await ExchangeAsync("LOGOUT");
                Dispose();
                break;
        }
    }

    public void Dispose()
    {
        _wire?.Dispose();
        (_wire, _step, _exists, _mustExpunge) = (null, 0, 0, false);
    }

    private Task LotAsync()
    {
        if (_mustExpunge)
        {
            _mustExpunge = false;
            return ExchangeAsync("EXPUNGE");
        }

        if (_exists == 0)
        {
            return AppendAsync();
        }

        var drawn = _random.Next(_lots.Sum(lot => lot.Weight));
        return _lots.First(lot => (drawn -= lot.Weight) < 0).RunAsync(this);
    }

    private string One() => (1 + _random.Next(_exists)).ToString(CultureInfo.InvariantCulture);

    private string Range() => $"{One()}:{One()}";

    private char Sign() => _random.Next(2) == 0 ? '+' : '-';

    private Task DeleteAsync()
    {
        _mustExpunge = true;
        return ExchangeAsync(_exists > Kept ? $"STORE {Kept}:{_exists} +FLAGS.SILENT (\\Deleted)" : $"STORE {One()} +FLAGS.SILENT (\\Deleted)");
    }

    private async Task AppendAsync()
    {
        var message = messages[_random.Next(messages.Count)];
        await _wire!.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"m APPEND INBOX {{{message.Length}+}}\r\n")), .. message, .. "\r\n"u8]);
        await EndAsync("APPEND");
    }

    private async Task ExchangeAsync(string command)
    {
        await _wire!.SendAsync($"m {command}\r\n");
        await EndAsync(command);
    }

    private async Task EndAsync(string command)
    {
        while (true)
        {
            var line = await _wire!.LineAsync();
            if (LiteralBytes(line.Span) is > 0 and var bytes)
            {
                await _wire.SkipAsync(bytes);
            }
            else if (line.Span.StartsWith("m "u8))
            {
                // NO is for messages that another session has expunged.
                if (line.Span.StartsWith("m BAD"u8))
                {
                    throw new IOException($"{command}: {Encoding.ASCII.GetString(line.Span).TrimEnd()}");
                }

                return;
            }
            else
            {
                Note(line.Span);
            }
        }
    }

    private void Note(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("* "u8) && Utf8Parser.TryParse(line[2..], out int number, out var used))
        {
            var rest = line[(2 + used)..];
            if (rest.StartsWith(" EXISTS"u8))
            {
                _exists = number;
            }
            else if (rest.StartsWith(" EXPUNGE"u8))
            {
                _exists--;
            }
        }
    }

    private static int LiteralBytes(ReadOnlySpan<byte> line) =>
        line.EndsWith("}\r\n"u8) && Utf8Parser.TryParse(line[(line.LastIndexOf((byte)'{') + 1)..], out int bytes, out _) ? bytes : 0;
}
