using System.Text;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using MimeKit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>Says about a message what MimeKit thinks and what we think, in the same lines of text, so that the difference can be read.</summary>
internal static class MimeKitOracle
{
    private static readonly (string Name, HeaderId Id)[] Lists =
    [
        ("from", HeaderId.From), ("sender", HeaderId.Sender), ("reply-to", HeaderId.ReplyTo), ("to", HeaderId.To), ("cc", HeaderId.Cc), ("bcc", HeaderId.Bcc),
    ];

    public static List<string> Theirs(byte[] bytes)
    {
        var lines = new List<string>();
        var message = MimeMessage.Load(new MemoryStream(bytes));
        lines.Add("date " + Raw(message.Headers, HeaderId.Date));
        lines.Add("subject " + Fold(message.Headers[HeaderId.Subject] ?? "NIL"));
        lines.Add("in-reply-to " + Raw(message.Headers, HeaderId.InReplyTo));
        lines.Add("message-id " + Raw(message.Headers, HeaderId.MessageId));
        foreach (var (name, id) in Lists)
        {
            var header = message.Headers.FirstOrDefault(candidate => candidate.Id == id);
            var text = header is null || !InternetAddressList.TryParse(header.RawValue, out var list) ? "" : string.Join(", ", list.SelectMany(Flat));
            if (name is "sender" or "reply-to" && text.Length == 0)
            {
                text = lines.First(line => line.StartsWith("from ", StringComparison.Ordinal))["from ".Length..];
            }

            lines.Add(name + " " + text);
        }

        var reader = new Reader(bytes);
        reader.ReadMessage();
        lines.AddRange(reader.Parts.OrderBy(part => part.Begin).ThenBy(part => part.Order).Select(part => part.Line));
        for (var walk = new MimeIterator(message); walk.MoveNext();)
        {
            lines.Add(Theirs(walk.Current));
        }

        return lines;
    }

    public static List<string> Ours(byte[] bytes)
    {
        var lines = new List<string>();
        var encoded = Structures.Scan(bytes).Encode(0);
        if (!MessageMeta.TryRead(encoded, out var meta))
        {
            return lines;
        }

        var contents = new List<string>();
        var envelope = meta.Envelope;
        lines.Add("date " + Fold(envelope.Date.Text()));
        lines.Add("subject " + (envelope.Subject.IsPresent ? Fold(HeaderDecoder.Decode(envelope.Subject.Value)) : "NIL"));
        lines.Add("in-reply-to " + Fold(envelope.InReplyTo.Text()));
        lines.Add("message-id " + Fold(envelope.MessageId.Text()));
        lines.Add("from " + Flat(envelope.From));
        lines.Add("sender " + Flat(envelope.Sender));
        lines.Add("reply-to " + Flat(envelope.ReplyTo));
        lines.Add("to " + Flat(envelope.To));
        lines.Add("cc " + Flat(envelope.Cc));
        lines.Add("bcc " + Flat(envelope.Bcc));
        Walk(meta.Root, bytes, lines, contents);
        lines.AddRange(contents);
        return lines;
    }

    private static string Theirs(MimeEntity entity)
    {
        var disposition = entity.Headers.Contains(HeaderId.ContentDisposition)
            ? $"{entity.ContentDisposition?.Disposition.ToLowerInvariant()} {string.Join("; ", entity.ContentDisposition?.Parameters.Select(Pair) ?? [])}"
            : "NIL";
        var content = "";
        if (entity is MimePart { Content: { } stored })
        {
            var decoded = new MemoryStream();
            stored.DecodeTo(decoded);
            content = Hash(decoded.ToArray());
        }

        return Content(
            Raw(entity.Headers, HeaderId.ContentId), Raw(entity.Headers, HeaderId.ContentDescription), Raw(entity.Headers, HeaderId.ContentTransferEncoding),
            disposition, content);
    }

    private static string Content(string id, string description, string encoding, string disposition, string content) =>
        $"content {id} {description} {encoding.Split(' ')[0].ToLowerInvariant()} {disposition} {content}";

    private static string Pair(Parameter parameter) => $"{parameter.Name.ToLowerInvariant()}={Fold(parameter.Value)}";

    private static string Hash(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? ""
        : $"{bytes.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes).AsSpan(0, 8))}";

    private static string Decoded(PartView part, byte[] bytes)
    {
        var body = bytes.AsSpan((int)part.BodyBegin..(int)part.End);
        TransferDecoder.TryCreate(part.Encoding, out var decoder);
        var output = new byte[body.Length + 2 * TransferDecoder.SlackBytes];
        var length = decoder.Decode(body, output);
        length += decoder.Finish(output.AsSpan(length));
        return Hash(output.AsSpan(0, length));
    }

    private static void Walk(PartView part, byte[] bytes, List<string> lines, List<string> contents)
    {
        var disposition = part.Disposition;
        var dispositionText = "NIL";
        if (disposition.IsPresent)
        {
            var pairs = new List<string>();
            foreach (var parameter in disposition.Parameters)
            {
                pairs.Add($"{parameter.Name.Text().ToLowerInvariant()}={Fold(HeaderDecoder.Decode(parameter.Value))}");
            }

            dispositionText = $"{disposition.Type.Text().ToLowerInvariant()} {string.Join("; ", pairs)}";
        }

        contents.Add(Content(
            Fold(part.Id.Text()), Fold(part.Description.Text()), part.Encoding.Text(), dispositionText,
            part.Kind == PartKind.Leaf ? Decoded(part, bytes) : ""));

        var parameters = new List<string>();
        foreach (var parameter in part.Parameters)
        {
            parameters.Add($"{parameter.Name.Text().ToLowerInvariant()}={Fold(HeaderDecoder.Decode(parameter.Value))}");
        }

        lines.Add(Line(part.Type.Text(), part.Subtype.Text(), parameters, part.HeaderBegin, part.BodyBegin, part.End));
        foreach (var child in part.Children)
        {
            Walk(child, bytes, lines, contents);
        }
    }

    private static string Line(string type, string subtype, IEnumerable<string> parameters, long begin, long body, long end) =>
        $"part {type.ToLowerInvariant()}/{subtype.ToLowerInvariant()} {begin}:{body}:{end} {string.Join("; ", parameters)}";

    private static string Raw(HeaderList headers, HeaderId id)
    {
        var header = headers.FirstOrDefault(candidate => candidate.Id == id);
        return header is null ? "NIL" : Fold(Encoding.Latin1.GetString(header.RawValue));
    }

    private static string Fold(string text) => string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Flat(InternetAddress address) => address switch
    {
        GroupAddress group => [$"{Fold(group.Name ?? "")}:", .. group.Members.SelectMany(Flat), ";"],
        MailboxAddress mailbox => [$"{Fold(mailbox.Name ?? "")} <{mailbox.Address.Replace("\"", "", StringComparison.Ordinal)}>"],
        _ => [],
    };

    private static string Flat(AddressListView list)
    {
        var all = new List<string>();
        foreach (var address in list)
        {
            all.Add(
                address.IsGroupStart ? $"{Fold(HeaderDecoder.Decode(address.Mailbox.Value))}:"
                : address.IsGroupEnd ? ";"
                : $"{Fold(HeaderDecoder.Decode(address.Name.Value))} <{Address(address)}>");
        }

        return string.Join(", ", all);
    }

    private static string Address(AddressView address) =>
        HeaderDecoder.Decode(address.Mailbox.Value) + (address.Host.Value.IsEmpty ? "" : "@" + HeaderDecoder.Decode(address.Host.Value));

    /// <summary>Collects offsets: MimeKit's own streaming reader.</summary>
    private sealed class Reader(byte[] bytes) : MimeReader(new MemoryStream(bytes), MimeFormat.Entity)
    {
        private readonly Stack<int> _open = new();
        private int _order;

        public List<(long Begin, int Order, string Line)> Parts { get; } = [];

        public void ReadMessage() => base.ReadMessage();

        protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLine, CancellationToken cancel) => Begin();

        protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLine, CancellationToken cancel) => Begin();

        protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLine, CancellationToken cancel) => Begin();

        protected override void OnMimePartEnd(
            ContentType contentType, long beginOffset, int beginLine, long headersEndOffset, long endOffset, int lines, CancellationToken cancel) =>
            End(contentType, beginOffset, headersEndOffset, endOffset);

        protected override void OnMultipartEnd(
            ContentType contentType, long beginOffset, int beginLine, long headersEndOffset, long endOffset, int lines, CancellationToken cancel) =>
            End(contentType, beginOffset, headersEndOffset, endOffset);

        protected override void OnMessagePartEnd(
            ContentType contentType, long beginOffset, int beginLine, long headersEndOffset, long endOffset, int lines, CancellationToken cancel) =>
            End(contentType, beginOffset, headersEndOffset, endOffset);

        private void Begin() => _open.Push(_order++);

        private void End(ContentType type, long begin, long body, long end)
        {
            var parameters = type.Parameters.Select(Pair);
            Parts.Add((begin, _open.Pop(), Line(type.MediaType, type.MediaSubtype, parameters, begin, body, end)));
        }
    }
}
