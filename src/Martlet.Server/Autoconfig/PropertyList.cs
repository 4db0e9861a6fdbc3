using System.Globalization;
using System.Xml.Linq;

namespace Martlet.Server.Autoconfig;

/// <summary>A dictionary of an Apple property list, as XML. Values are escaped when it is written.</summary>
internal sealed class PropertyList
{
    private readonly XElement _dict = new("dict");

    public PropertyList Add(string key, string value) => Add(key, new XElement("string", value));

    public PropertyList Add(string key, int value) => Add(key, new XElement("integer", value.ToString(CultureInfo.InvariantCulture)));

    public PropertyList Add(string key, bool value) => Add(key, new XElement(value ? "true" : "false"));

    public PropertyList Add(string key, ReadOnlyMemory<byte> value) => Add(key, new XElement("data", Convert.ToBase64String(value.Span)));

    public PropertyList Add(string key, IEnumerable<XElement> values) => Add(key, new XElement("array", values));

    /// <summary>The dictionary.</summary>
    public XElement ToElement() => _dict;

    private PropertyList Add(string key, XElement value)
    {
        _dict.Add(new XElement("key", key), value);
        return this;
    }
}
