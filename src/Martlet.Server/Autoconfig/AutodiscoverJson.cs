using System.Text.Json;
using System.Text.Json.Serialization;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Autoconfig;

/// <summary>The second autodiscover, which only tells where the first one is.</summary>
public static class AutodiscoverJson
{
    /// <summary>Media type of the answer.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    private const string Protocol = "AutodiscoverV1";

    /// <summary>The answer to a request.</summary>
    /// <param name="hostname">The server's name.</param>
    /// <param name="port">Port of its https listener.</param>
    /// <param name="email">The address that is asked for; only its form is looked at.</param>
    /// <param name="protocol">The protocol that is asked for.</param>
    /// <returns>Status code and JSON.</returns>
    public static (int Status, string Json) Write(string hostname, int port, string? email, string? protocol)
    {
        if (email is null || !EmailAddress.TryParse(email, out _))
        {
            return Error("InvalidUserId", "The given address is not an address.");
        }

        if (string.IsNullOrEmpty(protocol))
        {
            return Error("MandatoryParameterMissing", "A valid value must be provided for the query parameter 'Protocol'.");
        }

        // What was asked for is not repeated: an answer holds nothing of a request.
        return protocol.Equals(Protocol, StringComparison.OrdinalIgnoreCase)
            ? (200, JsonSerializer.Serialize(new Place(Protocol, $"{Urls.Https(hostname, port)}/autodiscover/autodiscover.xml"), AutodiscoverJsonContext.Default.Place))
            : Error("InvalidProtocol", $"The given protocol is invalid. Supported values are '{Protocol}'.");
    }

    private static (int, string) Error(string code, string message) =>
        (400, JsonSerializer.Serialize(new Problem(code, message), AutodiscoverJsonContext.Default.Problem));

    internal sealed record Place(string Protocol, string Url);

    internal sealed record Problem(string ErrorCode, string ErrorMessage);
}

[JsonSerializable(typeof(AutodiscoverJson.Place))]
[JsonSerializable(typeof(AutodiscoverJson.Problem))]
internal sealed partial class AutodiscoverJsonContext : JsonSerializerContext;
