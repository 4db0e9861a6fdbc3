using System.IO.Compression;
using System.Net;
using System.Text;
using Martlet.Testing;
using Martlet.Web.Hosting;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Transfer;

public sealed class TransferTests
{
    private const string Mbox = "From ada@example.org Sun Mar  1 12:00:00 2026\nSubject: One\n\nFirst.\n\nFrom ada@example.org Sun Mar  1 12:01:00 2026\nSubject: Two\n\nSecond.\n";

    [Fact]
    [Route("GET /transfer", "POST /transfer/import")]
    public async Task An_mbox_file_is_imported_and_the_page_tells_how_it_went()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var sent = await UploadAsync(alice, Encoding.ASCII.GetBytes(Mbox), "old.mbox", ("into", "Archive/2025"));
        Assert.Equal((HttpStatusCode.SeeOther, "/transfer"), (sent.Status, sent.Location));
        await site.WhenImportedAsync(TestServer.Alice);

        var page = await alice.GetAsync("/transfer");
        Assert.Contains("old.mbox", page.Text, StringComparison.Ordinal);
        Assert.Contains("2 messages taken", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html, StringComparison.Ordinal);
        Assert.Equal(2, (await site.Server.ReadMessagesAsync(TestServer.Alice, "Archive/2025")).Count);
        using var bob = await site.SignInAsync(TestServer.Bob);
        Assert.DoesNotContain("old.mbox", (await bob.GetAsync("/transfer")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</td></tr></table><svg onload=alert(1)>")]
    public async Task The_name_of_a_mailbox_is_text(string name)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        await UploadAsync(alice, Encoding.ASCII.GetBytes(Mbox), "old.mbox", ("into", name));
        await site.WhenImportedAsync(TestServer.Alice);

        var page = await alice.GetAsync("/transfer");
        Assert.Contains(name, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(name, page.Html, StringComparison.Ordinal);
        Assert.Contains(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(name), page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_changes_nothing()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        await UploadAsync(alice, Encoding.ASCII.GetBytes(Mbox), "old.mbox", ("into", "Archive/2025"), ("dry-run", "on"));
        await site.WhenImportedAsync(TestServer.Alice);

        Assert.Contains("trial, nothing is changed", (await alice.GetAsync("/transfer")).Text, StringComparison.Ordinal);
        Assert.Null(site.Server.Account(TestServer.Alice).FindMailbox("Archive/2025"));
    }

    [Theory]
    [InlineData("mbox", "zip", "application/zip")]
    [InlineData("maildir", "tar.gz", "application/gzip")]
    [Route("POST /transfer/export")]
    public async Task What_is_exported_can_be_imported_by_somebody_else(string format, string packing, string type)
    {
        await using var site = await Site.StartAsync();
        await site.AddMailAsync(TestServer.Alice, 3);
        using var alice = await site.SignInAsync(TestServer.Alice);
        using var bob = await site.SignInAsync(TestServer.Bob);

        var file = await alice.SubmitAsync("/transfer", "/transfer/export", ("format", format), ("packing", packing));
        Assert.Equal((HttpStatusCode.OK, type), (file.Status, file.Headers["Content-Type"]));
        Assert.Equal($"attachment; filename=\"mail-2026-03-01.{packing}\"", file.Headers["Content-Disposition"]);
        await UploadAsync(bob, file.Bytes, "mail." + packing);
        await site.WhenImportedAsync(TestServer.Bob);

        Assert.Equal(3, (await site.Server.ReadMessagesAsync(TestServer.Bob)).Count);
    }

    [Fact]
    public async Task What_is_no_mail_is_explained()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        Assert.Contains("Choose a file.", (await UploadAsync(alice, [], "empty")).Text, StringComparison.Ordinal);
        await UploadAsync(alice, [1, 2, 3, 4, 5, 6, 7, 8], "noise.bin");
        await site.WhenImportedAsync(TestServer.Alice);

        var page = await alice.GetAsync("/transfer");
        Assert.Contains("class=\"notice warn\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("neither an mbox file nor a zip", page.Text, StringComparison.Ordinal);
        Assert.Contains("Choose one of the kinds.", (await alice.SubmitAsync("/transfer", "/transfer/export", ("format", "exe"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_has_a_largest_size_and_needs_the_token_before_it()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Limits = new WebLimits { UploadBytesMax = 100_000 } });
        using var alice = await site.SignInAsync(TestServer.Alice);
        var large = Encoding.ASCII.GetBytes(Mbox + new string('x', 100_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await UploadAsync(alice, large, "large.mbox")).Status);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/transfer/import")
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(Encoding.ASCII.GetBytes(Mbox)), "file", "old.mbox" }, { new StringContent(await TokenAsync(alice)), "form-token" } },
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await alice.SendAsync(request)).Status);
        Assert.DoesNotContain("last import", (await alice.GetAsync("/transfer")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Route("POST /transfer/stop")]
    public async Task Stopping_what_does_not_run_does_nothing()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.PostAsync("/transfer/stop", ("form-token", await TokenAsync(alice)));

        Assert.Equal("/transfer", page.Location);
    }

    [Fact]
    public async Task A_zip_with_entries_that_climb_out_takes_nothing_of_them()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry("../../../tmp/<script>alert(1)</script>").Open());
            writer.Write(Mbox);
        }

        await UploadAsync(alice, bytes.ToArray(), "'><script>alert(1)</script>.zip");
        await site.WhenImportedAsync(TestServer.Alice);

        var page = await alice.GetAsync("/transfer");
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.Contains("What was left out, and why", page.Text, StringComparison.Ordinal);
    }

    private static async Task<string> TokenAsync(Browser browser) => (await browser.GetAsync("/")).Hidden("/sign-out").Single().Value;

    private static async Task<Page> UploadAsync(Browser browser, byte[] content, string name, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/transfer/import");
        var form = new MultipartFormDataContent { { new StringContent(await TokenAsync(browser)), "form-token" } };
        foreach (var field in fields)
        {
            form.Add(new StringContent(field.Value), field.Name);
        }

        form.Add(new ByteArrayContent(content), "file", name);
        request.Content = form;
        return await browser.SendAsync(request);
    }
}
