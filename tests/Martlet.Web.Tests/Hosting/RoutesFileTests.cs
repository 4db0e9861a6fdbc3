using Martlet.Server.Config;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Hosting;

/// <summary>The list of routes for the browser that walks through the pages; it knows from there what it must find. MARTLET_UPDATE=1 writes it anew.</summary>
public sealed class RoutesFileTests
{
    private const string Heading = "# Surface, method, who may use it, path: all there is. Written by the tests of the pages (MARTLET_UPDATE=1), read by the walk through them.";

    [Fact]
    public async Task The_file_has_all_routes()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Protocols = [.. MailProtocol.All.Where(protocol => protocol.IsHttp)] });
        string[] lines = [Heading, .. site.Routes.Select(entry => $"{entry.Protocol.Name} {entry.Route.Method} {entry.Route.Access} {entry.Route.Pattern}")];
        var path = Path.Combine(Root(), "tests", "Martlet.System.Tests", "Browser", "routes.txt");
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            await File.WriteAllLinesAsync(path, lines);
        }

        Assert.Equal(lines, await File.ReadAllLinesAsync(path));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Martlet.slnx is not above the tests.");
        }

        return folder.FullName;
    }
}
