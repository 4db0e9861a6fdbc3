using Martlet.SystemTests.RealInput;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>ImapFlow for Node; its packages are as its lock file says.</summary>
[Collection(nameof(ClientsPage))]
public sealed class ImapFlowTests
{
    [Fact(Explicit = true)]
    public async Task It_does_what_the_page_says()
    {
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        var (version, results) = await ForeignProgram.RunTasksAsync(server, "node", "imapflow/run.mjs");
        await ClientsPage.CheckAsync("ImapFlow", version, results);
        await CorpusTests.VerifyAsync(server);
    }
}
