using Martlet.Protocols.Imap;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class DateTests
{
    [Theory]
    [InlineData("\" 1-Feb-1994 21:52:25 -0800\"", "1994-02-01T21:52:25.0000000-08:00")]
    [InlineData("\"01-feb-1994 21:52:25 +0530\"", "1994-02-01T21:52:25.0000000+05:30")]
    [InlineData("\"29-Feb-2024 00:00:00 +0000\"", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("\"31-Dec-2016 23:59:60 +0000\"", "2016-12-31T23:59:59.0000000+00:00")]
    [InlineData("\"31-Dec-2016 23:59:59 +1400\"", "2016-12-31T23:59:59.0000000+14:00")]
    public void A_date_time_keeps_its_zone(string text, string expected)
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out DateTimeOffset v) => r.DateTime(out v), text, out var moment));
        Assert.Equal(expected, moment.ToString("O"));
        var written = Wire.Written(w => w.DateTime(moment));
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out DateTimeOffset v) => r.DateTime(out v), written, out var again));
        Assert.True(moment.EqualsExact(again));
    }

    [Theory]
    [InlineData("1-Feb-1994 21:52:25 -0800")]
    [InlineData("\"1-Feb-1994 21:52:25 -0800\"")]
    [InlineData("\" 11-Feb-1994 21:52:25 -0800\"")]
    [InlineData("\"30-Feb-1994 21:52:25 -0800\"")]
    [InlineData("\"00-Feb-1994 21:52:25 -0800\"")]
    [InlineData("\"01-Foo-1994 21:52:25 -0800\"")]
    [InlineData("\"01-Feb-94 21:52:25 -0800\"")]
    [InlineData("\"01-Feb-0000 21:52:25 -0800\"")]
    [InlineData("\"01-Feb-1994 24:00:00 -0800\"")]
    [InlineData("\"01-Feb-1994 21:60:25 -0800\"")]
    [InlineData("\"01-Feb-1994 21:52:61 -0800\"")]
    [InlineData("\"01-Feb-1994 21:52 -0800\"")]
    [InlineData("\"01-Feb-1994 21:52:25 0800\"")]
    [InlineData("\"01-Feb-1994 21:52:25 -08\"")]
    [InlineData("\"01-Feb-1994 21:52:25 -0860\"")]
    [InlineData("\"01-Feb-1994 21:52:25 +1401\"")]
    [InlineData("\"01-Feb-1994 21:52:25 GMT\"")]
    [InlineData("\"01-Feb-1994 21:52:25 -0800")]
    [InlineData("\"01-Jan-0001 00:00:00 +1400\"")]
    [InlineData("\"31-Dec-9999 23:00:00 -1400\"")]
    [InlineData("\"\"")]
    public void A_date_time_that_cannot_be_is_refused(string text) =>
        Assert.False(Wire.TryPiece(static (ref ImapReader r, out DateTimeOffset v) => r.DateTime(out v), text, out _));

    [Theory]
    [InlineData("1-Feb-1994")]
    [InlineData("01-FEB-1994")]
    [InlineData("\"1-feb-1994\"")]
    public void A_date_may_be_quoted(string text)
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out DateOnly v) => r.Date(out v), text, out var date));
        Assert.Equal(new DateOnly(1994, 2, 1), date);
    }

    [Theory]
    [InlineData(" 1-Feb-1994")]
    [InlineData("\"1-Feb-1994")]
    [InlineData("1-Feb-1994\"")]
    [InlineData("31-Apr-1994")]
    [InlineData("001-Feb-1994")]
    [InlineData("1-Febr-1994")]
    [InlineData("1-2-1994")]
    [InlineData("1994-02-01")]
    [InlineData("1-Feb-19940")]
    [InlineData("")]
    public void A_bad_date_is_refused(string text) => Assert.False(Wire.TryPiece(static (ref ImapReader r, out DateOnly v) => r.Date(out v), text, out _));
}
