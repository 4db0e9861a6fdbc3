using System.Collections.Frozen;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Commands;

namespace Martlet.Server.Imap;

/// <summary>Reads a command's arguments to the end; null after an error.</summary>
internal delegate T? ReadArguments<T>(ref ImapReader reader)
    where T : class;

/// <summary>A command ready to run, or null when its arguments are wrong.</summary>
internal delegate Func<ImapSession, ValueTask<ImapResult>>? PrepareCommand(ref ImapReader reader);

/// <summary>Reads a command whose message is streamed, up to the announced literal; with something to run when that is the message.</summary>
internal delegate AppendStep ReadStreamed(ref ImapReader reader, out Func<ImapSession, ValueTask<ImapResult>>? run);

/// <summary>One command: where it is allowed, what may be told with its reply, how it is read and run.</summary>
internal sealed record CommandRow(string Name, ImapState States, PendingUpdates Updates, PrepareCommand Prepare)
{
    /// <summary>Whether it names messages by sequence number, which UIDONLY forbids (RFC 9586 §3).</summary>
    public bool IsBySequence { get; init; }

    /// <summary>How a command with a streamed message is read; null for all others, whose literals are collected.</summary>
    public ReadStreamed? Streamed { get; init; }

    /// <summary>Whether it takes messages out, which is told to a client that wants to hear of nothing else.</summary>
    public bool Expunges { get; init; }
}

/// <summary>All commands.</summary>
internal static class CommandTable
{
    private static readonly CommandRow[] All =
    [
        Bare("CAPABILITY", ImapState.Any, CapabilityList.RunAsync),
        Bare("NOOP", ImapState.Any, Noop.RunAsync),
        Bare("LOGOUT", ImapState.Any, Logout.RunAsync, PendingUpdates.None),
        Row<IdCommand>("ID", ImapState.Any, IdCommand.Read, Id.RunAsync),

        Bare("STARTTLS", ImapState.NotAuthenticated, StartTls.RunAsync),
        Row<AuthenticateCommand>("AUTHENTICATE", ImapState.NotAuthenticated, AuthenticateCommand.Read, Authenticate.RunAsync),
        Row<LoginCommand>("LOGIN", ImapState.NotAuthenticated, LoginCommand.Read, Login.RunAsync),

        Row<CompressCommand>("COMPRESS", ImapState.LoggedIn, CompressCommand.Read, Compress.RunAsync, PendingUpdates.None),
        Bare("UNAUTHENTICATE", ImapState.LoggedIn, Unauthenticate.RunAsync, PendingUpdates.None),
        Row<EnableCommand>("ENABLE", ImapState.LoggedIn, EnableCommand.Read, Enable.RunAsync),
        Row<SelectCommand>("SELECT", ImapState.LoggedIn, SelectCommand.Read, (s, c) => Select.RunAsync(s, c, isReadOnly: false), PendingUpdates.None),
        Row<SelectCommand>("EXAMINE", ImapState.LoggedIn, SelectCommand.Read, (s, c) => Select.RunAsync(s, c, isReadOnly: true), PendingUpdates.None),
        Row<CreateCommand>("CREATE", ImapState.LoggedIn, CreateCommand.Read, Create.RunAsync),
        Row<DeleteCommand>("DELETE", ImapState.LoggedIn, DeleteCommand.Read, Delete.RunAsync),
        Row<RenameCommand>("RENAME", ImapState.LoggedIn, RenameCommand.Read, Rename.RunAsync),
        Row<SubscribeCommand>("SUBSCRIBE", ImapState.LoggedIn, SubscribeCommand.Read, (s, c) => Subscribe.RunAsync(s, c.Mailbox, isSubscribed: true)),
        Row<UnsubscribeCommand>("UNSUBSCRIBE", ImapState.LoggedIn, UnsubscribeCommand.Read, (s, c) => Subscribe.RunAsync(s, c.Mailbox, isSubscribed: false)),
        Row<ListCommand>("LIST", ImapState.LoggedIn, ListCommand.Read, List.RunAsync),
        Row<LsubCommand>("LSUB", ImapState.LoggedIn, LsubCommand.Read, Lsub.RunAsync),
        Bare("NAMESPACE", ImapState.LoggedIn, Namespace.RunAsync),
        Row<StatusCommand>("STATUS", ImapState.LoggedIn, StatusCommand.Read, Status.RunAsync),
        Row<GetMetadataCommand>("GETMETADATA", ImapState.LoggedIn, GetMetadataCommand.Read, GetMetadata.RunAsync),
        Row<SetMetadataCommand>("SETMETADATA", ImapState.LoggedIn, SetMetadataCommand.Read, SetMetadata.RunAsync),
        Row<GetQuotaCommand>("GETQUOTA", ImapState.LoggedIn, GetQuotaCommand.Read, GetQuota.RunAsync),
        Row<GetQuotaRootCommand>("GETQUOTAROOT", ImapState.LoggedIn, GetQuotaRootCommand.Read, GetQuotaRoot.RunAsync),
        Streamed("APPEND", ImapState.LoggedIn, Append.Read),
        Bare("IDLE", ImapState.LoggedIn, Idle.RunAsync),
        Row<ESearchCommand>("ESEARCH", ImapState.LoggedIn, ESearchCommand.Read, Commands.ESearch.RunAsync),
        Row<NotifyCommand>("NOTIFY", ImapState.LoggedIn, NotifyCommand.Read, Commands.Notify.RunAsync),

        Bare("CHECK", ImapState.Selected, Noop.RunAsync),
        Bare("CLOSE", ImapState.Selected, Close.RunAsync, PendingUpdates.None),
        Bare("UNSELECT", ImapState.Selected, Unselect.RunAsync, PendingUpdates.None),
        Bare("EXPUNGE", ImapState.Selected, Expunge.RunAsync) with { Expunges = true },
        Row<UidExpungeCommand>("UID EXPUNGE", ImapState.Selected, UidExpungeCommand.Read, Expunge.RunAsync) with { Expunges = true },
        .. Both<SearchCommand>("SEARCH", SearchCommand.Read, Commands.Search.RunAsync),
        .. Both<FetchCommand>("FETCH", FetchCommand.Read, Commands.Fetch.RunAsync),
        .. Both<StoreCommand>("STORE", StoreCommand.Read, Commands.Store.RunAsync),
        .. Both<CopyCommand>("COPY", CopyCommand.Read, Copy.RunAsync, PendingUpdates.All),
        .. Both<MoveCommand>("MOVE", MoveCommand.Read, Move.RunAsync, PendingUpdates.All).Select(row => row with { Expunges = true }),
        Streamed("REPLACE", ImapState.Selected, Replace.Read) with { IsBySequence = true, Expunges = true },
        Streamed("UID REPLACE", ImapState.Selected, Replace.ReadUid) with { Expunges = true },
    ];

    private static readonly FrozenDictionary<string, CommandRow> ByName = All.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>Names of all commands.</summary>
    public static IEnumerable<string> Names => All.Select(row => row.Name);

    /// <summary>The command of that name (upper case, UID forms with their prefix); null when there is none.</summary>
    public static CommandRow? Find(string name) => ByName.GetValueOrDefault(name);

    private static CommandRow Bare(string name, ImapState states, Func<ImapSession, ValueTask<ImapResult>> run, PendingUpdates updates = PendingUpdates.All) =>
        Row<BareCommand>(name, states, BareCommand.Read, (session, _) => run(session), updates);

    private static CommandRow Row<T>(
        string name, ImapState states, ReadArguments<T> read, Func<ImapSession, T, ValueTask<ImapResult>> run, PendingUpdates updates = PendingUpdates.All)
        where T : class => new(name, states, updates, (ref reader) => read(ref reader) is { } command ? session => run(session, command) : null);

    // A command that ended without the literal of its message is never run.
    private static CommandRow Streamed(string name, ImapState states, ReadStreamed read)
    {
        Func<ImapSession, ValueTask<ImapResult>>? Incomplete(ref ImapReader reader)
        {
            _ = read(ref reader, out _) != AppendStep.Error || reader.Fail("Expected the message as a literal.");
            return null;
        }

        return new(name, states, PendingUpdates.All, Incomplete) { Streamed = read };
    }

    // The UID form may be answered with EXPUNGE, the other must not (RFC 9051 §7.5.1).
    private static CommandRow[] Both<T>(
        string name, ReadArguments<T> read, Func<ImapSession, T, bool, ValueTask<ImapResult>> run, PendingUpdates bySequence = PendingUpdates.NoExpunge)
        where T : class =>
        [
            Row(name, ImapState.Selected, read, (session, command) => run(session, command, false), bySequence) with { IsBySequence = true },
            Row("UID " + name, ImapState.Selected, read, (session, command) => run(session, command, true)),
        ];
}
