using Martlet.Server.Observe.Journal;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Tells the owner of an account what became of their messages. Of others' mail they are told the same as of mail that never was.</summary>
/// <param name="Address">An address of the account: of whoever is logged in, never one that they typed.</param>
/// <param name="Query">A Message-ID or the address of a correspondent; null for the newest of all.</param>
/// <param name="Limit">Journeys at most, from 1 to <see cref="TraceMail.LimitMax"/>.</param>
public sealed record TraceOwnMail(string Address, string? Query = null, int Limit = TraceMail.LimitDefault) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) =>
        AdminNames.Address(Address, context) is not { } address ? AdminNames.BadAddress(Address)
        : context.Store.Directory.FindAddress(address) is not { } account ? AdminRunner.Refused(Refusal.NoSuchAccount, address)
        : await TraceMail.RunAsync(context, new TraceQuery { Text = Query, OnlyOf = account.Id.Value, Limit = Limit }, cancel);
}
