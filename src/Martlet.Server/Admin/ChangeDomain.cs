using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Changes the rules of a domain; what is null stays as it is.</summary>
/// <param name="Domain">Domain name.</param>
public sealed record ChangeDomain(string Domain) : AdminRequest
{
    /// <summary>How far it is served.</summary>
    public DomainState? State { get; init; }

    /// <summary>Address of an account or alias that gets what nobody has; <c>none</c> for none.</summary>
    public string? CatchAll { get; init; }

    /// <summary>Characters that stand before a detail; empty or <c>none</c> for none.</summary>
    public string? Separators { get; init; }

    /// <summary>Whether Ada@ and ada@ are told apart; only while the domain has no addresses.</summary>
    public bool? IsCaseSensitive { get; init; }

    /// <summary>A note.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Domain(Domain) is not { } domain)
        {
            return AdminNames.BadDomain(Domain);
        }

        if (AdminNames.Target(CatchAll, context, out var target) is { } problem)
        {
            return problem;
        }

        var result = await context.Store.Settings.ChangeDomainAsync(domain, entry => entry with
        {
            State = State ?? entry.State,
            CatchAll = CatchAll is null ? entry.CatchAll : target,
            Separators = Separators is null ? entry.Separators : Separators == "none" ? "" : Separators,
            IsCaseSensitive = IsCaseSensitive ?? entry.IsCaseSensitive,
            Description = Description ?? entry.Description,
        });
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"{domain} is changed."),
            Refusal.NoSuchDomain => AdminReply.Refused($"{domain} is not one of our domains; martlet domain list shows them."),
            Refusal.InUse => AdminReply.Refused($"{domain} has addresses: whether case counts can be changed only while it has none."),
            Refusal.BadName => AdminReply.Refused(
                $"Separators are some of {DomainEntry.SeparatorChars}, each once, and a description is one line of at most {context.Store.Limits.DescriptionCharsMax} characters."),
            var refusal => AdminRunner.Refused(refusal, target ?? domain),
        };
    }
}
