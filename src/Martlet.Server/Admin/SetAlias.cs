using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Makes an alias, or gives it other members: mail for it goes to all of them.</summary>
/// <param name="Address">Address of the alias.</param>
/// <param name="Members">Addresses of accounts; all of them.</param>
public sealed record SetAlias(string Address, IReadOnlyList<string> Members) : AdminRequest
{
    /// <summary>A note; null leaves it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is refused when the alias is there.</summary>
    public bool MustBeNew { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        var members = new List<string>();
        foreach (var text in Members)
        {
            if (AdminNames.Address(text, context) is not { } member)
            {
                return AdminNames.BadAddress(text);
            }

            if (context.Store.Directory.FindAddress(member) is null)
            {
                return AdminReply.Refused($"No account has the address {member}: members of an alias are addresses of accounts on this server.");
            }

            members.Add(member);
        }

        if (members.Count == 0)
        {
            return AdminReply.Refused("An alias has at least one member; martlet alias rm removes it.");
        }

        var before = context.Store.Directory.FindAlias(address);
        var result = await context.Store.Settings.SetAliasAsync(new AliasEntry(address, [.. members], Description ?? before?.Description ?? ""), MustBeNew);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"Mail for {address} goes to {string.Join(", ", members.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}."),
            Refusal.AlreadyExists => AdminReply.Refused($"{address} exists already, as an {(before is null ? "account's address" : "alias")}."),
            Refusal.LimitReached => AdminReply.Refused($"An alias has at most {context.Store.Limits.AliasMembersMax} members."),
            Refusal.BadName => AdminReply.Refused($"A description is one line of at most {context.Store.Limits.DescriptionCharsMax} characters."),
            var refusal => AdminRunner.Refused(refusal, address),
        };
    }
}
