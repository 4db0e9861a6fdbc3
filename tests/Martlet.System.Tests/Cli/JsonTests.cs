using System.Text.Json;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>Every command there is: an example on its page, and with --json one JSON value, whatever happens.</summary>
public sealed class JsonTests
{
    // They run until they are stopped, or print a text for another program.
    private static readonly string[] WithoutJson = ["localserve", "serve", "sendmail", "completion"];

    [Fact]
    public async Task Every_page_has_an_example_with_its_command_and_says_what_JSON_it_gives()
    {
        var pages = await CommandPage.AllAsync();

        Assert.True(pages.Count > 20);
        Assert.All(pages, page =>
        {
            var examples = page.Page.Split("\nExamples\n");
            Assert.True(examples.Length == 2, $"{page.Name} has no example.");
            Assert.Contains($"martlet {page.Name}", examples[1], StringComparison.Ordinal);
            Assert.True(page.Has("--json") != WithoutJson.Contains(page.Name), $"{page.Name}: --json");
        });
    }

    [Fact]
    public async Task What_goes_wrong_is_JSON_too_with_the_same_exit_code()
    {
        foreach (var page in (await CommandPage.AllAsync()).Where(page => page.Has("--json")))
        {
            // Nothing of it is there, so that nothing can be done; quickstart would make it.
            var required = page.Required.Select(word => word.StartsWith('-') ? word : word is "ADDRESS" or "ACCOUNT" ? "ada@example.org" : "/nonexistent/x");
            string[] more = page.Name == "quickstart" ? ["--hostname", "-"] : page.IsAboutServer ? ["--data", "/nonexistent"] : [];

            var both = await Task.WhenAll(MartletProgram.RunAsync([.. page.Words, .. required, .. more]), MartletProgram.RunAsync([.. page.Words, .. required, .. more, "--json"]));
            var (plain, result) = (both[0], both[1]);

            Assert.Equal((page.Name, plain.Code, ""), (page.Name, result.Code, result.Error));
            using var json = JsonDocument.Parse(result.Out);
            if (result.Code != 0)
            {
                var status = json.RootElement.GetProperty("status").GetString();
                Assert.Equal((page.Name, result.Code), (page.Name, status switch { "refused" => 1, "usage" => 2, "failed" => 3, _ => 0 }));
                Assert.Contains(json.RootElement.GetProperty("text").GetString()!, plain.Error, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("account add --json", "Required argument 'ADDRESS' missing for command: 'add'.")]
    [InlineData("account add ada@example.org --nosuch --json", "Unrecognized command or argument '--nosuch'.")]
    [InlineData("account list --data a --config b --json", "--config and --data name the same thing; give one of them.")]
    public async Task A_wrong_command_line_is_told_in_JSON(string line, string text)
    {
        var result = await MartletProgram.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (result.Code, result.Error));
        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal(["status", "text"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("usage", text), (json.RootElement.GetProperty("status").GetString(), json.RootElement.GetProperty("text").GetString()));
    }
}
