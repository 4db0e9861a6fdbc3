using System.Text;

namespace Martlet.Messages.Mime;

/// <summary>What a reader of mail calls an attachment. A guess; the rule is here and nowhere else.</summary>
internal static class Attachments
{
    /// <summary>
    /// Whether a part is one: it says so; or it is not text, not a signature, not part of a report, and not shown inside the text (inline or with a
    /// Content-ID). A nested message is one unless it is the returned message of a report (RFC 6522).
    /// </summary>
    public static bool IsAttachment(PartNode part, FieldsView fields)
    {
        if (part.Kind == PartKind.Multipart)
        {
            return false;
        }

        var disposition = new DispositionView(fields[MetaTag.Disposition]);
        if (Ascii.EqualsIgnoreCase(disposition.Type, "attachment"u8))
        {
            return true;
        }

        var type = fields[MetaTag.Type];
        if (part.Kind == PartKind.Message)
        {
            return part.Parent is not null && !IsReport(part.Parent);
        }

        if (!type.IsPresent || MediaTypes.IsText(type.Value) || Ascii.EqualsIgnoreCase(type.Value, "message"u8))
        {
            return false;
        }

        var isShown = fields[MetaTag.Id].IsPresent || Ascii.EqualsIgnoreCase(disposition.Type, "inline"u8);
        return !isShown && !IsSignature(fields[MetaTag.Subtype].Value);
    }

    private static bool IsReport(PartNode parent) => Ascii.EqualsIgnoreCase(new FieldsView(parent.Fields)[MetaTag.Subtype].Value, "report"u8);

    private static bool IsSignature(ReadOnlySpan<byte> subtype) =>
        Ascii.EqualsIgnoreCase(subtype, "pgp-signature"u8) || Ascii.EqualsIgnoreCase(subtype, "pkcs7-signature"u8)
        || Ascii.EqualsIgnoreCase(subtype, "x-pkcs7-signature"u8);
}
