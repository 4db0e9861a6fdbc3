using Xunit;

namespace Martlet.SystemTests.Clients.Logins;

/// <summary>Real clients log in, by every mechanism that they have, over every kind of connection: docs/clients-auth.md.</summary>
[Collection(nameof(LoginsPage))]
public sealed class LoginTests
{
    public static TheoryData<string> Clients => [.. LoginClients.All.Select(client => client.Name)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Clients))]
    public async Task It_logs_in_as_the_page_says(string name)
    {
        var client = LoginClients.All.First(client => client.Name == name);
        Assert.SkipUnless(client.FindProgram() is not null, $"{client.Program} is not installed.");
        await using var server = await LoginServer.StartAsync();
        var rows = new List<(LoginWay Way, string[] Cells)>();
        var failures = new List<string>();
        foreach (var way in LoginWay.All)
        {
            var cells = new string[LoginMechanism.All.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = await ResultAsync(client, server, way, LoginMechanism.All[i], failures);
            }

            rows.Add((way, cells));
        }

        await LoginsPage.CheckAsync(client, await client.Version(), rows, failures);
    }

    private static async Task<string> ResultAsync(LoginClient client, LoginServer server, LoginWay way, string mechanism, List<string> failures)
    {
        var results = new HashSet<string>(StringComparer.Ordinal);
        foreach (var algorithm in LoginMechanism.UsesKey(mechanism) ? client.Keys : [""])
        {
            var key = algorithm.Length > 0 ? await server.KeyAsync(algorithm, mayPreauth: mechanism == LoginMechanism.Key) : null;
            var attempt = new LoginTry(server, way, mechanism, key);
            if (!attempt.IsPossible || !await client.Try(attempt))
            {
                return LoginsPage.CannotAsk;
            }

            var lines = await server.LoginsAsync();
            var wanted = client.NameInLog(mechanism);
            var result = lines.Any(line => line is { Result: "ok", Account: LoginServer.Address } && line.Mechanism == wanted && line.Tls == way.LogTls && (line.Key != "-") == (key is not null))
                ? LoginsPage.Ok
                : lines.FirstOrDefault(line => line.Result != "ok")?.Result ?? LoginsPage.NotTried;
            if (result != LoginsPage.Ok)
            {
                failures.Add($"{client.Name} {way.Text} {mechanism} {algorithm}: {result}\n{string.Join('\n', lines)}\n{server.LastOutput}");
            }

            results.Add(result);
        }

        return string.Join(", ", results);
    }
}
