using System.Xml;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Autoconfig;

/// <summary>What an Outlook asks: the settings of an address, in one of several languages (MS-OXDSCLI §2.2.3).</summary>
/// <param name="Address">The address; null when there is none, or none that can be.</param>
/// <param name="ResponseSchema">Namespace of the answer that is understood; empty when it is not said.</param>
public sealed record AutodiscoverRequest(EmailAddress? Address, string ResponseSchema)
{
    /// <summary>Longest request, in bytes. Real ones have some hundreds.</summary>
    public const int BytesMax = 16 * 1024;

    private const int DepthMax = 16;
    private const int ValueCharsMax = 1024;

    /// <summary>Reads a request. It comes from anybody: no document types, no entities, nothing fetched.</summary>
    /// <param name="body">The whole body.</param>
    /// <returns>Null when it is too long or not such a request.</returns>
    public static AutodiscoverRequest? Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > BytesMax)
        {
            return null;
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = BytesMax,
            MaxCharactersFromEntities = BytesMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, settings);
            return Read(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static AutodiscoverRequest? Read(XmlReader reader)
    {
        string? address = null, schema = null;
        var isRequest = false;
        while (reader.Read())
        {
            if (reader.Depth > DepthMax)
            {
                return null;
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            isRequest |= reader is { Depth: 0, LocalName: "Autodiscover" };
            // The namespace tells which program asks, and is not always right; the names are the same in all.
            if (isRequest && reader is { Depth: 2, IsEmptyElement: false } && reader.LocalName is "EMailAddress" or "AcceptableResponseSchema")
            {
                var isAddress = reader.LocalName == "EMailAddress";
                if (Value(reader) is not { } value)
                {
                    return null;
                }

                (address, schema) = isAddress ? (address ?? value, schema) : (address, schema ?? value);
            }
        }

        return isRequest
            ? new AutodiscoverRequest(address is not null && EmailAddress.TryParse(address, out var parsed) && parsed.Domain.Literal is null ? parsed : null, schema ?? "")
            : null;
    }

    // Text up to the end of the element; null when there is more than text in it, or too much.
    private static string? Value(XmlReader reader)
    {
        var value = "";
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace) || value.Length + reader.Value.Length > ValueCharsMax)
            {
                return null;
            }

            value += reader.Value;
        }

        return value.Trim();
    }
}
