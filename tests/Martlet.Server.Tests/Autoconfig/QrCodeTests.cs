using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using Martlet.Server.Autoconfig;
using Martlet.Server.Autoconfig.Qr;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Autoconfig;

/// <summary>Codes of every size, read by a program that is not ours: rsvg-convert paints them, zbarimg reads them. Debian: librsvg2-bin, zbar-tools.</summary>
public sealed class QrCodeTests
{
    [Fact]
    public void The_size_grows_with_the_text_and_ends_at_version_40()
    {
        Assert.Equal(21, QrCode.Encode(new byte[14])!.Size);
        Assert.Equal(25, QrCode.Encode(new byte[15])!.Size);
        Assert.Equal(25, QrCode.Encode(new byte[26])!.Size);
        Assert.Equal(29, QrCode.Encode(new byte[27])!.Size);
        Assert.Equal(21, QrCode.Encode([])!.Size);
        Assert.Equal(2331, QrCode.BytesMax);
        Assert.Equal(177, QrCode.Encode(new byte[QrCode.BytesMax])!.Size);
        Assert.Null(QrCode.Encode(new byte[QrCode.BytesMax + 1]));
    }

    [Fact]
    public void The_finders_are_where_cameras_look_for_them()
    {
        var code = QrCode.Encode("https://mail.example.org"u8)!;
        foreach (var (left, top) in new[] { (0, 0), (code.Size - 7, 0), (0, code.Size - 7) })
        {
            for (var y = 0; y < 7; y++)
            {
                for (var x = 0; x < 7; x++)
                {
                    var ring = Math.Max(Math.Abs(x - 3), Math.Abs(y - 3));
                    Assert.Equal(ring != 2, code[left + x, top + y]);
                }
            }
        }

        Assert.True(code[8, code.Size - 8]);
    }

    [Fact]
    public void The_image_has_a_quiet_zone_and_no_style_or_script()
    {
        var svg = QrCode.Encode("x"u8)!.ToSvg("Profile of <b>\"ada\"</b> & others");

        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("0 0 29 29", root.Attribute("viewBox")!.Value);
        Assert.Equal(["title", "path", "path"], root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("Profile of <b>\"ada\"</b> & others", root.Elements().First().Value);
        Assert.DoesNotContain("style", svg, StringComparison.Ordinal);
        Assert.Matches("^M4 4h7v1h-7zM", root.Elements().Last().Attribute("d")!.Value);
    }

    public static TheoryData<int> Lengths => [1, 14, 15, 60, 100, 150, 180, 181, 250, 500, 1000, 1500];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_foreign_program_reads_what_was_written(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(at => (char)('!' + at * 7 % 90)));

        Assert.Equal(text, await ReadAsync(text));
    }

    [Fact]
    public async Task The_address_of_a_profile_is_read_as_it_is()
    {
        var url = Urls.Profile("mail.example.org", 443, Example.Address("r\u00f3ka+\"x\"@b\u00fccher.example".Replace("\"", "", StringComparison.Ordinal)));

        Assert.Equal("https://mail.example.org/profile.mobileconfig?address=r%C3%B3ka%2Bx%40xn--bcher-kva.example", url);
        Assert.Equal(url, await ReadAsync(url));
    }

    private static async Task<string> ReadAsync(string text)
    {
        Assert.SkipUnless(Has("zbarimg") && Has("rsvg-convert"), "zbarimg or rsvg-convert is not installed.");
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["code.svg"], QrCode.Encode(Encoding.UTF8.GetBytes(text))!.ToSvg("A code"));
        await RunAsync("rsvg-convert", "--width", "1000", "--output", folder["code.png"], folder["code.svg"]);
        return await RunAsync("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "--oneshot", folder["code.png"]);
    }

    private static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, program)));

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((program, 0), (program, process.ExitCode));
        return output.TrimEnd('\n');
    }
}
