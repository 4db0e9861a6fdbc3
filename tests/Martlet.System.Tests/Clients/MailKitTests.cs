using System.Diagnostics;
using MailKit.Net.Imap;
using Martlet.SystemTests.RealInput;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>MailKit.</summary>
[Collection(nameof(ClientsPage))]
public sealed class MailKitTests
{
    [Fact(Explicit = true)]
    public async Task It_does_what_the_page_says()
    {
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        using (var tasks = new MailKitTasks(server))
        {
            var results = new List<TaskResult>();
            foreach (var (name, needs, work) in tasks.All)
            {
                results.Add(await TryAsync(tasks, name, needs, work));
            }

            var version = FileVersionInfo.GetVersionInfo(typeof(ImapClient).Assembly.Location);
            await ClientsPage.CheckAsync("MailKit", $"{version.FileMajorPart}.{version.FileMinorPart}.{version.FileBuildPart}", results);
        }

        await CorpusTests.VerifyAsync(server);
    }

    private static async Task<TaskResult> TryAsync(MailKitTasks tasks, string name, ImapCapabilities needs, Func<Task> work)
    {
        if (!tasks.Offers(needs))
        {
            return new TaskResult(name, TaskResult.NotInServer);
        }

        try
        {
            await work().WaitAsync(TimeSpan.FromSeconds(30));
            return new TaskResult(name, TaskResult.Ok);
        }
#pragma warning disable CA1031 // Whatever goes wrong with a task is its result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new TaskResult(name, TaskResult.No, e.ToString());
        }
    }
}
