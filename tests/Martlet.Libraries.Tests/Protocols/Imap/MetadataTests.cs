using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

/// <summary>Entries, values and options of METADATA, RFC 5464.</summary>
public sealed class MetadataTests
{
    [Theory]
    [InlineData(" INBOX /Shared/COMMENT", MetadataDepth.Zero, null, "/shared/comment")]
    [InlineData(" INBOX (\"/private/a b\" /shared /private/a /PRIVATE/A)", MetadataDepth.Zero, null, "/private/a b,/shared,/private/a")]
    [InlineData(" INBOX (maxsize 0 depth 1) /shared/a", MetadataDepth.One, 0L, "/shared/a")]
    [InlineData(" (DEPTH 1 DEPTH 0 MAXSIZE 4294967295) INBOX (/shared/a)", MetadataDepth.Zero, 4294967295L, "/shared/a")]
    [InlineData(" INBOX (DEPTH Infinity) ({9}\r\n/shared/a)", MetadataDepth.Infinity, null, "/shared/a")]
    [InlineData(" INBOX ({9}\r\n/shared/a)", MetadataDepth.Zero, null, "/shared/a")]
    public void GETMETADATA_has_options_before_or_behind_the_mailbox(string text, MetadataDepth depth, long? maxSize, string entries)
    {
        var command = Wire.Good(GetMetadataCommand.Read, text);
        Assert.Equal(("INBOX", depth, maxSize, entries), (command.Mailbox.Value, command.Depth, command.MaxSize, string.Join(',', command.Entries)));
    }

    [Fact]
    public void Values_are_any_bytes_or_nothing()
    {
        var command = Wire.Good(SetMetadataCommand.Read, " \"\" (/shared/A \"q\\\"\" /shared/b {3}\r\na\r\n /shared/c ~{3}\r\n\0()\u0020/shared/d \"\" /shared/e nil)");
        Assert.True(command.Mailbox.IsEmpty);
        Assert.Equal(
            ["/shared/a=q\"", "/shared/b=a\r\n", "/shared/c=\0()", "/shared/d=", "/shared/e NIL"],
            command.Changes.Select(change => change.Value is { } value ? $"{change.Entry}={Encoding.ASCII.GetString(value)}" : $"{change.Entry} NIL"));
    }

    [Fact]
    public void Entries_and_their_names_are_limited()
    {
        var limits = new ImapLimits { EntriesMax = 2, EntryNameBytesMax = 32 };
        var name = "/shared/" + new string('a', 24);
        Wire.Good(GetMetadataCommand.Read, $" INBOX ({name} /shared/b)", limits: limits);
        Wire.Good(SetMetadataCommand.Read, $" INBOX ({name} NIL /shared/b NIL)", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(GetMetadataCommand.Read, $" INBOX {name}a", limits: limits).Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(GetMetadataCommand.Read, " INBOX (/shared/a /shared/b /shared/b)", limits: limits).Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SetMetadataCommand.Read, " INBOX (/shared/a NIL /shared/b NIL /shared/b NIL)", limits: limits).Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(ListCommand.Read, " \"\" * RETURN (METADATA (/shared/a /shared/b /shared/c))", limits: limits).Kind);
        var options = new ImapLimits { OptionsMax = 2 };
        Wire.Good(GetMetadataCommand.Read, " INBOX (DEPTH 1 DEPTH 1) /shared/a", limits: options);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(GetMetadataCommand.Read, " INBOX (DEPTH 1 DEPTH 1 DEPTH 1) /shared/a", limits: options).Kind);
    }
}
