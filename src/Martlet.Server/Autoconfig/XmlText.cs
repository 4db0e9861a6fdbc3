using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Martlet.Server.Autoconfig;

/// <summary>XML as text, with its declaration.</summary>
internal static class XmlText
{
    /// <summary>Writes a document.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="type">Its document type, where clients expect one.</param>
    public static string Write(XElement root, XDocumentType? type = null)
    {
        var settings = new XmlWriterSettings { Indent = true, IndentChars = "  ", NewLineChars = "\n", CheckCharacters = true };
        using var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, settings))
        {
            new XDocument(type, root).Save(writer);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>A text without the characters that XML cannot hold.</summary>
    public static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
            {
                clean.Append(text[at]).Append(text[++at]);
            }
            else if (XmlConvert.IsXmlChar(text[at]))
            {
                clean.Append(text[at]);
            }
        }

        return clean.ToString();
    }

    // A writer into memory names UTF-16 in the declaration unless it says otherwise.
    private sealed class Utf8Writer : StringWriter
    {
        public Utf8Writer()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Encoding Encoding => Encoding.UTF8;

        public Utf8Writer Append(char value)
        {
            Write(value);
            return this;
        }
    }
}
