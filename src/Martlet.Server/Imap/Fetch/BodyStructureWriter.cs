using System.Text;
using Martlet.Messages.Mime;
using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Fetch;

/// <summary>Writes BODY and BODYSTRUCTURE (RFC 9051 §7.5.2) straight from the stored structure.</summary>
internal static class BodyStructureWriter
{
    /// <summary>One part with everything in it. Depth is bounded by the scanner's limit.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="part">Part.</param>
    /// <param name="isExtended">BODYSTRUCTURE: with extension data.</param>
    public static void Write(ImapWriter writer, in PartView part, bool isExtended)
    {
        writer.Raw("("u8);
        if (part.Kind == PartKind.Multipart)
        {
            foreach (var child in part.Children)
            {
                Write(writer, child, isExtended);
            }

            writer.Space().String(part.Subtype);
            if (isExtended)
            {
                writer.Space();
                Parameters(writer, part.Parameters);
                Extension(writer, part);
            }
        }
        else
        {
            Single(writer, part, isExtended);
        }

        writer.Raw(")"u8);
    }

    private static void Single(ImapWriter writer, in PartView part, bool isExtended)
    {
        var type = part.Type;
        // A nested message that could not be entered (encoded, too deep) must not promise an envelope.
        if (part.Kind == PartKind.Leaf && Is(type, "message"u8) && (Is(part.Subtype, "rfc822"u8) || Is(part.Subtype, "global"u8)))
        {
            writer.Raw("\"application\" \"octet-stream\" "u8);
        }
        else
        {
            writer.String(type).Space().String(part.Subtype).Space();
        }

        Parameters(writer, part.Parameters);
        Text(writer, part.Id);
        Text(writer, part.Description);
        if (part.Encoding is { IsPresent: true } encoding)
        {
            writer.Space().String(encoding.Value).Space();
        }
        else
        {
            writer.Raw(" \"7BIT\" "u8);
        }

        writer.Number(part.End - part.BodyBegin);
        if (part.Kind == PartKind.Message)
        {
            writer.Space();
            EnvelopeWriter.Write(writer, part.Envelope);
            writer.Space();
            foreach (var child in part.Children)
            {
                Write(writer, child, isExtended);
            }

            writer.Space().Number(part.Lines);
        }
        else if (Is(type, "text"u8))
        {
            writer.Space().Number(part.Lines);
        }

        if (isExtended)
        {
            Text(writer, part.Md5);
            Extension(writer, part);
        }
    }

    // Disposition, language, location: the same for both kinds.
    private static void Extension(ImapWriter writer, in PartView part)
    {
        if (part.Disposition is { IsPresent: true } disposition)
        {
            writer.Raw(" ("u8).String(disposition.Type).Space();
            Parameters(writer, disposition.Parameters);
            writer.Raw(") "u8);
        }
        else
        {
            writer.Raw(" NIL "u8);
        }

        Languages(writer, part);
        Text(writer, part.Location);
    }

    private static void Text(ImapWriter writer, OptionalBytes value)
    {
        if (value.IsPresent)
        {
            EnvelopeWriter.Text(writer.Space(), value.Value);
        }
        else
        {
            writer.Raw(" NIL"u8);
        }
    }

    private static void Parameters(ImapWriter writer, ParameterListView parameters)
    {
        var isFirst = true;
        foreach (var parameter in parameters)
        {
            writer.Raw(isFirst ? "("u8 : " "u8).String(parameter.Name).Space();
            EnvelopeWriter.Text(writer, parameter.Value);
            isFirst = false;
        }

        writer.Raw(isFirst ? "NIL"u8 : ")"u8);
    }

    // A field without any tag is not the same as no field: "" and NIL.
    private static void Languages(ImapWriter writer, in PartView part)
    {
        var isFirst = true;
        foreach (var language in part.Languages)
        {
            writer.Raw(isFirst ? "("u8 : " "u8).String(language);
            isFirst = false;
        }

        writer.Raw(!isFirst ? ")"u8 : part.HasLanguages ? "\"\""u8 : "NIL"u8);
    }

    private static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(value, name);
}
