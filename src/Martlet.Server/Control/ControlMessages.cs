using System.Text.Json.Serialization;
using Martlet.Server.Admin;
using Martlet.Server.Transfer;

namespace Martlet.Server.Control;

/// <summary>First line of the server on a control connection.</summary>
/// <param name="Control">Version of the protocol; a client of another version says so and stops.</param>
/// <param name="Martlet">Version of the program.</param>
/// <param name="Process">Its process id.</param>
internal sealed record ControlHello(int Control, string Martlet, int Process);

/// <summary>A line of the server during a request: news, or the reply that ends it.</summary>
internal sealed record ControlLine
{
    /// <summary>News of an import or export.</summary>
    public TransferProgress? Progress { get; init; }

    /// <summary>So many bytes of an export's file follow this line; at most <see cref="ControlWire.ChunkBytesMax"/>.</summary>
    public int? Data { get; init; }

    /// <summary>The end of the request.</summary>
    public AdminReply? Reply { get; init; }
}

/// <summary>JSON of the control protocol, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(DomainStateJson)],
    MaxDepth = 16)]
[JsonSerializable(typeof(ControlHello))]
[JsonSerializable(typeof(ControlLine))]
[JsonSerializable(typeof(AdminRequest))]
internal sealed partial class ControlJson : JsonSerializerContext;
