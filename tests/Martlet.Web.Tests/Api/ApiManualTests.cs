using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Martlet.Web.Tests.Admin;
using Xunit;

namespace Martlet.Web.Tests.Api;

/// <summary>The examples of the manual do what it says.</summary>
public sealed partial class ApiManualTests
{
    [Fact]
    public async Task The_manual_s_examples_work_in_their_order()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ApiTests.ProgramAsync(site);
        var examples = Examples().Matches(await File.ReadAllTextAsync(FindManual()));
        Assert.True(examples.Count >= 10);
        foreach (Match example in examples)
        {
            var (name, body) = (example.Groups["name"].Value, example.Groups["body"]);
            var answer = await program.RequestAsync(
                body.Success ? HttpMethod.Post : HttpMethod.Get, name, body.Success ? new StringContent(body.Value, Encoding.UTF8, "application/json") : null);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{example.Value}\n{answer.Html}");
        }
    }

    private static string FindManual()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "docs", "manual", "api.md");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("docs/manual/api.md");
    }

    [GeneratedRegex("^curl -k https://localhost:8443/api/v1/?(?<name>[a-z.-]*) -H \"Authorization: Bearer \\$TOKEN\"( -H \"Content-Type: application/json\" -d '(?<body>[^']*)')?\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Examples();
}
