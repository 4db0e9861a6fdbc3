using System.Xml;
using System.Xml.Linq;
using Martlet.Server.Autoconfig;
using Martlet.Server.Config;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes as a request of an Outlook: they are read or not, and what is answered is well-formed and names nobody else.</summary>
public static class AutodiscoverTarget
{
    private static readonly ClientSettings Settings = ClientSettings.Of(new BootConfig { Hostname = "mail.example.org", DataFolder = "/nonexistent" });

    /// <summary>Runs the target once.</summary>
    /// <param name="input">Body of a request.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var request = AutodiscoverRequest.Read(input.ToArray());
        Target.That(request is null || input.Length <= AutodiscoverRequest.BytesMax, "What is too long is not read.");
        var reply = XDocument.Parse(AutodiscoverReply.Write(Settings, request, _ => true, DateTimeOffset.UnixEpoch));
        foreach (var name in reply.Descendants().Where(element => element.Name.LocalName == "LoginName"))
        {
            var address = request!.Address!.ToString();
            Target.That(!address.All(XmlConvert.IsXmlChar) || name.Value == address, "The name is the address that was asked for.");
        }
    }
}
