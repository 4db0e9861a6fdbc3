using System.Buffers;
using System.Text;
using Martlet.Protocols.Imap;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

/// <summary>Text in, values out: what the tests of the grammar share.</summary>
internal static class Wire
{
    /// <summary>Reads the arguments of a command, as the record's Read does.</summary>
    public delegate T? ReadArguments<T>(ref ImapReader reader)
        where T : class;

    /// <summary>Reads a piece of the grammar.</summary>
    public delegate bool ReadPiece<T>(ref ImapReader reader, out T value);

    /// <summary>Arguments that must be good, with their leading space.</summary>
    public static T Good<T>(ReadArguments<T> read, string text, bool utf8 = false, ImapLimits? limits = null)
        where T : class
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), limits ?? ImapLimits.AfterLogin, utf8);
        var value = read(ref reader);
        Assert.True(value is not null, $"{text}: {reader.Error} at {reader.ErrorPosition}");
        Assert.Null(reader.Error);
        return value;
    }

    /// <summary>Arguments that must be refused; gives the kind and position of the error.</summary>
    public static (ImapErrorKind Kind, int Position) Bad<T>(ReadArguments<T> read, string text, bool utf8 = false, ImapLimits? limits = null)
        where T : class
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), limits ?? ImapLimits.AfterLogin, utf8);
        Assert.True(read(ref reader) is null, $"{text} was read.");
        Assert.NotNull(reader.Error);
        return (reader.ErrorKind, reader.ErrorPosition);
    }

    /// <summary>Reads a piece to the end of the text; null if it is refused or text is left.</summary>
    public static T? Piece<T>(ReadPiece<T> read, string text, bool utf8 = false, ImapLimits? limits = null)
        where T : class =>
        TryPiece(read, text, out var value, utf8, limits) ? value : null;

    /// <summary>Reads a piece to the end of the text.</summary>
    public static bool TryPiece<T>(ReadPiece<T> read, string text, out T value, bool utf8 = false, ImapLimits? limits = null)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), limits ?? ImapLimits.AfterLogin, utf8);
        var isRead = read(ref reader, out value) && reader.End();
        Assert.Equal(isRead, reader.Error is null);
        return isRead;
    }

    /// <summary>What a writer writes.</summary>
    public static string Written(Action<ImapWriter> write, bool utf8 = false)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new ImapWriter(output) { IsUtf8 = utf8 });
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
