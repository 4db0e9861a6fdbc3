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
    public static void Write(ImapWriter writer, PartView part, bool isExtended)
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

    private static void Single(ImapWriter writer, PartView part, bool isExtended)
    {
        // A nested message that could not be entered (encoded, too deep) must not promise an envelope.
        var isOpaqueMessage = part.Kind == PartKind.Leaf && Is(part.Type, "message"u8) && (Is(part.Subtype, "rfc822"u8) || Is(part.Subtype, "global"u8));
        if (isOpaqueMessage)
        {
            writer.Raw("\"application\" \"octet-stream\" "u8);
        }
        else
        {
            writer.String(part.Type).Space().String(part.Subtype).Space();
        }

        Parameters(writer, part.Parameters);
        writer.Space();
        EnvelopeWriter.Text(writer, part.Id);
        writer.Space();
        EnvelopeWriter.Text(writer, part.Description);
        writer.Space();
        if (part.Encoding.IsPresent)
        {
            writer.String(part.Encoding.Value);
        }
        else
        {
            writer.Raw("\"7BIT\""u8);
        }

        writer.Space().Number(part.End - part.BodyBegin);
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
        else if (Is(part.Type, "text"u8))
        {
            writer.Space().Number(part.Lines);
        }

        if (isExtended)
        {
            writer.Space();
            EnvelopeWriter.Text(writer, part.Md5);
            Extension(writer, part);
        }
    }

    // Disposition, language, location: the same for both kinds.
    private static void Extension(ImapWriter writer, PartView part)
    {
        writer.Space();
        var disposition = part.Disposition;
        if (disposition.IsPresent)
        {
            writer.Raw("("u8).String(disposition.Type).Space();
            Parameters(writer, disposition.Parameters);
            writer.Raw(")"u8);
        }
        else
        {
            writer.Nil();
        }

        writer.Space();
        Languages(writer, part);
        writer.Space();
        EnvelopeWriter.Text(writer, part.Location);
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
    private static void Languages(ImapWriter writer, PartView part)
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
