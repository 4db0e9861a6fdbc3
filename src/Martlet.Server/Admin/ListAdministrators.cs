namespace Martlet.Server.Admin;

/// <summary>All administrators.</summary>
public sealed record ListAdministrators : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var state = context.Store.Directory.Current;
        return Task.FromResult(AdminReply.Done("") with
        {
            Administrators = [.. state.Administrators.Keys.Select(name => new AdministratorSummary(
                name, state.Sessions.Values.Count(session => session.Administrator == name), state.Tokens.Values.Count(token => token.Administrator == name)))],
        });
    }
}

/// <summary>An administrator in a list.</summary>
/// <param name="Name">Name.</param>
/// <param name="Sessions">Sessions on the pages.</param>
/// <param name="Tokens">Tokens for programs.</param>
public sealed record AdministratorSummary(string Name, int Sessions, int Tokens);
