using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// Reads one collected IMAP command in both name modes and holds the reader to its promises: no exception, a value or an error but not both,
/// and work linear in the input.
/// </summary>
public static class ImapCommandTarget
{
    /// <summary>Bytes the reader may look at per byte of input: one to find it, one to take it, one to decode it, and some to look ahead.</summary>
    public const int StepsPerByteMax = 4;

    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        RunOne(input, utf8: false);
        RunOne(input, utf8: true);
    }

    /// <summary>Reads the arguments of a command by its name, as the server's table does.</summary>
    /// <param name="name">As in <see cref="ImapCommandLine.Name"/>.</param>
    /// <param name="reader">Behind the command word.</param>
    /// <returns>The command; null after an error or for an unknown name.</returns>
    public static object? Read(string name, ref ImapReader reader) => name switch
    {
        "CAPABILITY" or "NOOP" or "LOGOUT" or "STARTTLS" or "NAMESPACE" or "IDLE" or "CHECK" or "CLOSE" or "UNSELECT" or "EXPUNGE" or "UNAUTHENTICATE" => BareCommand.Read(ref reader),
        "LOGIN" => LoginCommand.Read(ref reader),
        "AUTHENTICATE" => AuthenticateCommand.Read(ref reader),
        "ENABLE" => EnableCommand.Read(ref reader),
        "ID" => IdCommand.Read(ref reader),
        "SELECT" or "EXAMINE" => SelectCommand.Read(ref reader),
        "CREATE" => CreateCommand.Read(ref reader),
        "DELETE" => DeleteCommand.Read(ref reader),
        "RENAME" => RenameCommand.Read(ref reader),
        "SUBSCRIBE" => SubscribeCommand.Read(ref reader),
        "UNSUBSCRIBE" => UnsubscribeCommand.Read(ref reader),
        "LIST" => ListCommand.Read(ref reader),
        "LSUB" => LsubCommand.Read(ref reader),
        "STATUS" => StatusCommand.Read(ref reader),
        "APPEND" => AppendCommand.ReadFirst(ref reader, out _, out var message) == AppendStep.Message ? message : null,
        "REPLACE" or "UID REPLACE" => ReplaceCommand.ReadFirst(ref reader, out var replace) == AppendStep.Message ? replace : null,
        "COMPRESS" => CompressCommand.Read(ref reader),
        "FETCH" or "UID FETCH" => FetchCommand.Read(ref reader),
        "STORE" or "UID STORE" => StoreCommand.Read(ref reader),
        "SEARCH" or "UID SEARCH" => SearchCommand.Read(ref reader),
        "ESEARCH" => ESearchCommand.Read(ref reader),
        "NOTIFY" => NotifyCommand.Read(ref reader),
        "COPY" or "UID COPY" => CopyCommand.Read(ref reader),
        "MOVE" or "UID MOVE" => MoveCommand.Read(ref reader),
        "GETMETADATA" => GetMetadataCommand.Read(ref reader),
        "SETMETADATA" => SetMetadataCommand.Read(ref reader),
        "GETQUOTA" => GetQuotaCommand.Read(ref reader),
        "GETQUOTAROOT" => GetQuotaRootCommand.Read(ref reader),
        "UID EXPUNGE" => UidExpungeCommand.Read(ref reader),
        _ => null,
    };

    private static void RunOne(ReadOnlySpan<byte> input, bool utf8)
    {
        var reader = new ImapReader(input, ImapLimits.AfterLogin, utf8);
        if (ImapCommandLine.Read(ref reader, out _) is { } line)
        {
            var command = Read(line.Name, ref reader);
            if (command is not null && reader.Error is not null)
            {
                throw new InvalidOperationException($"A value beside an error: {reader.Error}");
            }
        }
        else if (reader.Error is null)
        {
            throw new InvalidOperationException("Neither a command line nor an error.");
        }

        if (reader.Steps > ((long)input.Length * StepsPerByteMax) + 256)
        {
            throw new InvalidOperationException($"{reader.Steps} steps for {input.Length} bytes.");
        }

        if (reader.Position > input.Length || reader.ErrorPosition > input.Length)
        {
            throw new InvalidOperationException("A position beyond the input.");
        }
    }
}
