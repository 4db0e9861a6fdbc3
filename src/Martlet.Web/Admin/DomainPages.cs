using Martlet.Server.Admin;
using Martlet.Server.Setup;
using Martlet.Store.Model;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Domains and their rules.</summary>
internal static class DomainPages
{
    private const string Path = "/domains";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ListAsync(request, Retry.None)),
        new("POST", "/domains/add", WebAccess.SignedIn, AddAsync),
        new("GET", "/domains/show", WebAccess.SignedIn, request => ShowAsync(request, request.Query("name"), Retry.None)),
        new("POST", "/domains/change", WebAccess.SignedIn, ChangeAsync),
        new("POST", "/domains/remove", WebAccess.SignedIn, RemoveAsync),
    ];

    private static async Task<WebReply> AddAsync(WebRequest request) => State(request) is { } state
        ? await request.ChangeAsync(new AddDomain(request.Field("name").Trim(), state), Path, "domain-added", retry => ListAsync(request, retry))
        : await ListAsync(request, Retry.Of(request, "Choose a state."));

    private static async Task<WebReply> ChangeAsync(WebRequest request)
    {
        var name = request.Field("domain");
        if (State(request) is not { } state)
        {
            return await ShowAsync(request, name, Retry.Of(request, "Choose a state."));
        }

        var isSensitive = request.IsTicked("case-sensitive");
        var change = new ChangeDomain(name)
        {
            State = state,
            CatchAll = OrNone(request.Field("catch-all")),
            Separators = request.Field("separators").Trim(),
            // Only a change of it is asked for: it is refused while there are addresses.
            IsCaseSensitive = Find(request, name)?.IsCaseSensitive == isSensitive ? null : isSensitive,
            Description = request.Field("description").Trim(),
        };
        return await request.ChangeAsync(change, Places.Domain(name), "domain-changed", retry => ShowAsync(request, name, retry));
    }

    private static Task<WebReply> RemoveAsync(WebRequest request)
    {
        var name = request.Field("domain");
        return request.ChangeAsync(new RemoveDomain(name), Path, "domain-removed", retry => ShowAsync(request, name, retry));
    }

    private static async Task<WebReply> ListAsync(WebRequest request, Retry retry)
    {
        var reply = await request.RunAsync(new ListDomains());
        return WebReply.Page<DomainsPage>(request, "Domains", new DomainsModel(reply.Domains ?? [], retry), retry.Status);
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, string name, Retry retry)
    {
        var reply = await request.RunAsync(new ListDomains());
        if ((reply.Domains ?? []).FirstOrDefault(domain => domain.Name == name) is not { } found)
        {
            return ErrorReplies.NotFound;
        }

        var dns = await request.RunAsync(new ListDnsRecords(name));
        return WebReply.Page<DomainPage>(request, found.Name, new DomainModel(found, dns.DnsRecords ?? [], dns.Text, retry), retry.Status);
    }

    private static DomainEntry? Find(WebRequest request, string name) => request.Services.Store.Directory.Current.Domains.GetValueOrDefault(name);

    private static string OrNone(string text) => text.Trim() is { Length: > 0 } address ? address : "none";

    private static DomainState? State(WebRequest request) => request.Field("state") switch
    {
        "draft" => DomainState.Draft,
        "receive" => DomainState.Receive,
        "live" => DomainState.Live,
        "disabled" => DomainState.Disabled,
        _ => null,
    };
}

/// <summary>What the list shows.</summary>
/// <param name="Domains">All.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record DomainsModel(IReadOnlyList<DomainSummary> Domains, Retry Retry);

/// <summary>What the page of a domain shows.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Records">DNS records that it needs.</param>
/// <param name="RecordsProblem">Why there are none; empty otherwise.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record DomainModel(DomainSummary Domain, IReadOnlyList<DnsRecord> Records, string RecordsProblem, Retry Retry);

/// <summary>States of domains for people.</summary>
public static class DomainStates
{
    /// <summary>Value in forms, what it is, and how its tag looks.</summary>
    public static IReadOnlyList<(DomainState State, string Value, string Label, string Look)> All { get; } =
    [
        (DomainState.Live, "live", "live: mail comes in, users send", "good"),
        (DomainState.Receive, "receive", "receive: mail comes in, none is sent from it; for a domain that moves here", "warn"),
        (DomainState.Draft, "draft", "draft: being prepared, mail for it is refused", ""),
        (DomainState.Disabled, "disabled", "disabled: mail for it is put off, none is sent; users still read theirs", "bad"),
    ];

    /// <summary>Row of a state.</summary>
    public static (DomainState State, string Value, string Label, string Look) Of(DomainState state) => All.First(row => row.State == state);
}
