using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>FETCH and UIDFETCH: RFC 9051 §7.5.2 and what servers make of it.</summary>
public sealed class FetchResponseTests
{
    [Fact]
    public void All_small_items()
    {
        var data = Answers.Read<FetchData>(
            "* 23 FETCH (FLAGS (\\Seen \\Recent $Work) UID 4827313 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44827 MODSEQ (624140003) SAVEDATE \" 1-Feb-2026 10:00:00 +0000\" PREVIEW \"Hi!\")");
        Assert.Equal((23u, 4827313u, 44827L, 624140003L, "Hi!"), (data.SequenceNumber, data.Uid, data.Size, data.ModSeq, data.Preview));
        Assert.Equal(new DateTimeOffset(1996, 7, 17, 2, 44, 25, TimeSpan.FromHours(-7)), data.InternalDate);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), data.SaveDate);
        Assert.True(data.Has(Flag.Seen) && !data.Has(Flag.Deleted));
        Assert.Equal(3, data.Flags?.Count);
        Assert.Empty(data.Sections);
    }

    [Fact]
    public void Items_not_known_are_read_over()
    {
        var data = Answers.Read<FetchData>(
            "* 1 FETCH (EMAILID (M6d99ac3275bb4e) X-GM-LABELS (\\Inbox \"a b\" {1}\r\nx) THREADID NIL X[1 2] \"y\" ANNOTATION (/comment (value.priv \"x\")) UID 7 SAVEDATE NIL PREVIEW NIL INTERNALDATE \"yesterday\")");
        Assert.Equal((7u, null, null, null), (data.Uid, data.SaveDate, data.Preview, data.InternalDate));
    }

    [Fact]
    public void UIDFETCH_has_no_sequence_number()
    {
        var data = Answers.Read<FetchData>("* 25996 UIDFETCH (FLAGS (\\Seen))");
        Assert.Equal((0u, 25996u), (data.SequenceNumber, data.Uid));
    }

    [Fact]
    public void The_same_flags_are_one_list()
    {
        var responses = Answers.ReadAll("* 1 FETCH (FLAGS (\\Seen $A))\r\n* 2 FETCH (FLAGS (\\Seen $A))\r\n* 3 FETCH (FLAGS ())\r\n"u8).Cast<FetchData>().ToList();
        Assert.Same(responses[0].Flags, responses[1].Flags);
        Assert.Empty(responses[2].Flags!);
    }

    [Fact]
    public void Envelope_of_the_standard()
    {
        var envelope = Answers.Read<FetchData>("""
            * 12 FETCH (ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes" (("Terry Gray" NIL "gray" "cac.example.edu")) (("Terry Gray" NIL "gray" "cac.example.edu")) (("Terry Gray" NIL "gray" "cac.example.edu")) ((NIL NIL "imap" "cac.example.edu")) ((NIL NIL "minutes" "CNRI.Reston.example.com")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL "<B27397-0100000@cac.example.edu>"))
            """).Envelope!;
        Assert.Equal("IMAP4rev2 WG mtg summary and minutes", envelope.Subject);
        Assert.Equal([new EnvelopeMailbox("Terry Gray", "gray", "cac.example.edu")], envelope.From);
        Assert.Equal(2, envelope.Cc.Count);
        Assert.Empty(envelope.Bcc);
        Assert.Equal(("<B27397-0100000@cac.example.edu>", null), (envelope.MessageId, envelope.InReplyTo));
        Assert.Equal("imap@cac.example.edu", Assert.IsType<EnvelopeMailbox>(Assert.Single(envelope.To)).Address);
    }

    [Fact]
    public void Envelope_with_groups_and_oddities()
    {
        var envelope = Answers.Read<FetchData>(
            "* 1 FETCH (ENVELOPE (NIL {2}\r\n\"x (NIL) () ((NIL NIL \"Friends\" NIL)(\"A\" NIL \"a\" \"b\")(NIL NIL NIL NIL)(NIL NIL \"c\" \"d\")) ((NIL NIL \"Empty\" NIL)) NIL NIL \"<a\\\"b@c>\" \"<q\\x>\"))").Envelope!;
        Assert.Equal("\"x", envelope.Subject);
        Assert.Empty(envelope.From);
        Assert.Empty(envelope.Sender);
        var group = Assert.IsType<EnvelopeGroup>(envelope.ReplyTo[0]);
        Assert.Equal(("Friends", 1), (group.Name, group.Members.Count));
        Assert.Equal(new EnvelopeMailbox(Name: null, "c", "d"), envelope.ReplyTo[1]);
        Assert.Empty(Assert.IsType<EnvelopeGroup>(Assert.Single(envelope.To)).Members);
        Assert.Equal(("<a\"b@c>", "<qx>"), (envelope.InReplyTo, envelope.MessageId));
    }

    [Fact]
    public void Structure_of_a_text()
    {
        var text = Assert.IsType<BodyLeaf>(Answers.Read<FetchData>(
            "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 3028 92))").Structure);
        Assert.Equal(("TEXT", "PLAIN", "US-ASCII", 3028L, 92L, "7BIT"), (text.Type, text.Subtype, text.Parameter("charset"), text.Bytes, text.Lines, text.Encoding));
    }

    [Fact]
    public void Structure_with_all_extension_data()
    {
        var root = Assert.IsType<BodyMultipart>(Answers.Read<FetchData>("""
            * 1 FETCH (BODYSTRUCTURE (("TEXT" "PLAIN" ("CHARSET" "UTF-8") "<id@x>" "a text" "QUOTED-PRINTABLE" 1152 23 "md5sum" ("inline" ("filename" "a.txt" "size" "5")) ("en" "fr") "http://x/" (1 "future" ("deep"))) ("MESSAGE" "RFC822" NIL NIL NIL "8BIT" 999 (NIL "Inner" NIL NIL NIL NIL NIL NIL NIL NIL) ("TEXT" "HTML" NIL NIL NIL "8BIT" 5 1) 40 NIL NIL NIL NIL) ("IMAGE" "PNG" NIL NIL NIL "BASE64" 4554 NIL ("attachment" NIL) "de") "MIXED" ("BOUNDARY" "b") NIL ("en") "loc" 5 "more"))
            """).Structure);
        Assert.Equal(("MIXED", 3, "b", "loc", "en"), (root.Subtype, root.Parts.Count, root.Parameter("boundary"), root.Location, Assert.Single(root.Languages)));
        var text = Assert.IsType<BodyLeaf>(root.Parts[0]);
        Assert.Equal(("<id@x>", "a text", "md5sum", "http://x/"), (text.ContentId, text.Description, text.Md5, text.Location));
        Assert.Equal("inline", text.Disposition?.Kind);
        Assert.Equal([new("filename", "a.txt"), new("size", "5")], text.Disposition!.Parameters);
        Assert.Equal(["en", "fr"], text.Languages);
        var message = Assert.IsType<BodyLeaf>(root.Parts[1]);
        Assert.Equal(("Inner", "HTML", 40L), (message.Envelope?.Subject, message.Body?.Subtype, message.Lines));
        Assert.Equal(("attachment", "de"), (root.Parts[2].Disposition?.Kind, Assert.Single(root.Parts[2].Languages)));
    }

    [Theory]
    [InlineData("(\"TEXT\" \"PLAIN\" NIL NIL NIL NIL 5 -1)", "7BIT", 5L, 0L)] // no encoding, lines below zero
    [InlineData("(\"TEXT\" \"PLAIN\" (\"CHARSET\") NIL NIL \"8BIT\" NIL NIL)", "8BIT", 0L, null)] // a parameter without value, NIL for numbers
    [InlineData("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"8BIT\" 7 NIL NIL)", "8BIT", 7L, null)] // no envelope
    [InlineData("(\"TEXT\" \"PLAIN\" \"\" NIL NIL \"8BIT\" 7  3 )", "8BIT", 7L, 3L)]
    public void Structures_that_servers_send(string wire, string encoding, long bytes, long? lines)
    {
        var leaf = Assert.IsType<BodyLeaf>(Answers.Read<FetchData>($"* 1 FETCH (BODYSTRUCTURE {wire})").Structure);
        Assert.Equal((encoding, bytes, lines), (leaf.Encoding, leaf.Bytes, leaf.Lines));
    }

    [Theory]
    [InlineData("(\"MIXED\" NIL)", "MIXED")]
    [InlineData("((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1))", "")]
    public void Multiparts_that_servers_send(string wire, string subtype) =>
        Assert.Equal(subtype, Assert.IsType<BodyMultipart>(Answers.Read<FetchData>($"* 1 FETCH (BODY {wire} UID 1)").Structure).Subtype);

    [Fact]
    public void Sections_are_kept_when_nobody_streams_them()
    {
        var data = Answers.Read<FetchData>(
            "* 1 FETCH (BODY[] {3}\r\na\0) BODY[1.2.HEADER.FIELDS (\"DATE\" {4}\r\nFROM)]<10> \"x\" BINARY[2] ~{2}\r\n\0\0 BINARY.SIZE[2] 77 RFC822.HEADER NIL BODY[TEXT]<0.5> {0}\r\n UID 9)");
        Assert.Equal(6, data.Sections.Count);
        Assert.Equal("a\0)"u8.ToArray(), data.Sections[0].Data?.ToArray());
        Assert.Equal((10L, SectionText.HeaderFields, 2), (data.Sections[1].Origin, data.Sections[1].Section!.Text, data.Sections[1].Section!.Fields.Count));
        Assert.Equal((FetchItemKind.Binary, 2L), (data.Sections[2].Kind, data.Sections[2].Bytes));
        Assert.Equal((FetchItemKind.BinarySize, 77L, true), (data.Sections[3].Kind, data.Sections[3].Bytes, data.Sections[3].Data is null));
        Assert.Equal((FetchItemKind.Rfc822Header, 0L, true), (data.Sections[4].Kind, data.Sections[4].Bytes, data.Sections[4].Data is null));
        Assert.Equal((0L, 0), (data.Sections[5].Origin, data.Sections[5].Data?.Length));
        Assert.Equal(9u, data.Uid);
    }

    [Fact]
    public void Message_data_can_be_streamed()
    {
        var framer = new ResponseFramer(ImapClientLimits.Default) { StreamsMessageData = true };
        var reader = new ResponseReader(ImapClientLimits.Default);
        var wire = "* 4 FETCH (UID 7 ENVELOPE (NIL {3}\r\nabc NIL NIL NIL NIL NIL NIL NIL NIL) BODY[] {5}\r\nHELLO BODY[1.MIME] {0}\r\n BODY[2] \"q\" RFC822.TEXT {2}\r\n)) FLAGS (\\Seen))\r\n"u8.ToArray().AsSpan();
        List<string> streamed = [];
        while (framer.Next(wire, out var consumed, out var text) == ResponseStep.MessageData)
        {
            var message = reader.ReadUntilData(text)!;
            var length = (int)framer.DataBytes;
            streamed.Add($"{message.Uid} {message.Sections[^1].Kind} {Encoding.ASCII.GetString(wire.Slice(consumed, length))}");
            wire = wire[(consumed + length)..];
        }

        Assert.Equal(["7 Section HELLO", "7 Section ", "7 Rfc822Text ))"], streamed);
        framer = new ResponseFramer(ImapClientLimits.Default) { StreamsMessageData = true };
        var whole = (FetchData)ReadStreamed(framer, new ResponseReader(ImapClientLimits.Default), "* 4 FETCH (BODY[] {5}\r\nHELLO BODY[2] \"q\" FLAGS (\\Seen))\r\n"u8);
        Assert.Equal((true, 5L, false), (whole.Sections[0].IsStreamed, whole.Sections[0].Bytes, whole.Sections[1].IsStreamed));
        Assert.True(whole.Has(Flag.Seen));
    }

    [Fact]
    public void Data_where_none_can_be_makes_the_response_invalid_and_no_more()
    {
        var framer = new ResponseFramer(ImapClientLimits.Default) { StreamsMessageData = true };
        var reader = new ResponseReader(ImapClientLimits.Default);
        Assert.IsType<InvalidResponse>(ReadStreamed(framer, reader, "* 4 FETCH (FLAGS x] {5}\r\nHELLO BODY[] {5}\r\nHELLO)\r\n"u8));
        Assert.IsType<FetchData>(ReadStreamed(framer, reader, "* 4 FETCH (BODY[] {5}\r\nHELLO)\r\n"u8));
    }

    private static ImapResponse ReadStreamed(ResponseFramer framer, ResponseReader reader, ReadOnlySpan<byte> wire)
    {
        while (true)
        {
            var step = framer.Next(wire, out var consumed, out var text);
            if (step == ResponseStep.Response)
            {
                Assert.Equal(wire.Length, consumed);
                return reader.Read(text);
            }

            Assert.Equal(ResponseStep.MessageData, step);
            reader.ReadUntilData(text);
            wire = wire[(consumed + (int)framer.DataBytes)..];
        }
    }
}
