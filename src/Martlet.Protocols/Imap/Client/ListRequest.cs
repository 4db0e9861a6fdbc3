using Martlet.Protocols.Imap.Commands;

namespace Martlet.Protocols.Imap.Client;

/// <summary>LIST: RFC 9051 §6.3.9, with the options of RFC 5258 §3, RFC 5819 §2 and RFC 9590 §3. The plain form is used if no option is named.</summary>
/// <param name="Reference">Put before each pattern; usually empty.</param>
/// <param name="Patterns">At least one, with <c>*</c> and <c>%</c>.</param>
public sealed record ListRequest(MailboxName Reference, params IReadOnlyList<string> Patterns) : ImapRequest
{
    private static readonly (ListSelections Option, string Name)[] SelectionNames =
    [
        (ListSelections.Subscribed, "SUBSCRIBED"), (ListSelections.Remote, "REMOTE"), (ListSelections.RecursiveMatch, "RECURSIVEMATCH"), (ListSelections.SpecialUse, "SPECIAL-USE"),
    ];

    private static readonly (ListReturns Option, string Name)[] ReturnNames =
    [
        (ListReturns.Subscribed, "SUBSCRIBED"), (ListReturns.Children, "CHILDREN"), (ListReturns.SpecialUse, "SPECIAL-USE"),
    ];

    /// <summary>Which mailboxes.</summary>
    public ListSelections Selections { get; init; }

    /// <summary>What about them.</summary>
    public ListReturns Returns { get; init; }

    /// <summary>STATUS responses to send with them.</summary>
    public StatusItems Status { get; init; }

    /// <summary>METADATA entries to send with them.</summary>
    public IReadOnlyList<string> Metadata { get; init; } = [];

    /// <inheritdoc/>
    public override string Name => "LIST";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        AtLeastOne(Patterns);
        if (Selections != ListSelections.None)
        {
            writer.Raw(" ").List(Array.FindAll(SelectionNames, option => Selections.HasFlag(option.Option)), static (w, option) => w.Raw(option.Name));
        }

        writer.Raw(" ").Mailbox(Reference).Raw(" ");
        if (Patterns.Count == 1)
        {
            writer.Pattern(Patterns[0]);
        }
        else
        {
            writer.List(Patterns, static (w, pattern) => w.Pattern(pattern));
        }

        List<Action<ImapCommandWriter>> returns = [];
        foreach (var (option, name) in ReturnNames)
        {
            if (Returns.HasFlag(option))
            {
                returns.Add(w => w.Raw(name));
            }
        }

        if (Status != StatusItems.None)
        {
            returns.Add(w => StatusItemsWriter.Write(w.Raw("STATUS "), Status));
        }

        if (Metadata.Count > 0)
        {
            returns.Add(w => w.Raw("METADATA ").List(Metadata, static (entries, entry) => entries.AString(entry)));
        }

        if (returns.Count > 0)
        {
            writer.Raw(" RETURN ").List(returns, static (w, write) => write(w));
        }
    }
}

/// <summary>LSUB: RFC 3501 §6.3.9.</summary>
/// <param name="Reference">Put before the pattern; usually empty.</param>
/// <param name="Pattern">With <c>*</c> and <c>%</c>.</param>
public sealed record LsubRequest(MailboxName Reference, string Pattern) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "LSUB";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Mailbox(Reference).Raw(" ").Pattern(Pattern);
}
