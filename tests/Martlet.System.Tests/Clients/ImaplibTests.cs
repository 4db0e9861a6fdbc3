using Martlet.SystemTests.RealInput;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>Python's imaplib.</summary>
[Collection(nameof(ClientsPage))]
public sealed class ImaplibTests
{
    [Fact(Explicit = true)]
    public async Task It_does_what_the_page_says()
    {
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        var (version, results) = await ForeignProgram.RunTasksAsync(server, "python3", "imaplib_tasks.py");
        await ClientsPage.CheckAsync("imaplib", version, results);
        await CorpusTests.VerifyAsync(server);
    }
}
