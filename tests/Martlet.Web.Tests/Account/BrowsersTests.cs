using Martlet.Web.Pages;
using Xunit;

namespace Martlet.Web.Tests.Account;

public sealed class BrowsersTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0", "Edge 138 on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36", "Chrome 138 on Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari 18 on iPhone")]
    [InlineData("Mozilla/5.0 (Plan 9) Firefox/", "Firefox")]
    [InlineData("Mozilla/5.0 (compatible)", "Mozilla/5.0 (compatible)")]
    [InlineData("curl/8.14.1", "curl/8.14.1")]
    [InlineData("", "")]
    public void A_browser_is_named_and_anything_else_left_as_it_is(string userAgent, string expected) => Assert.Equal(expected, Browsers.Describe(userAgent));
}
