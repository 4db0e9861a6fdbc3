using System.Text.Json.Serialization;

namespace Martlet.Server.Transfer;

/// <summary>How an export keeps messages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExportFormat>))]
public enum ExportFormat
{
    /// <summary>A Maildir++: a file a message, folders with dots between the levels of their names.</summary>
    [JsonStringEnumMemberName("maildir")]
    Maildir,

    /// <summary>A file a mailbox, quoted as mboxrd does.</summary>
    [JsonStringEnumMemberName("mbox")]
    Mbox,
}

/// <summary>How the files of an export are packed into one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExportPacking>))]
public enum ExportPacking
{
    /// <summary>A zip file.</summary>
    [JsonStringEnumMemberName("zip")]
    Zip,

    /// <summary>A tar file, packed with gzip.</summary>
    [JsonStringEnumMemberName("tar.gz")]
    TarGz,

    /// <summary>A tar file.</summary>
    [JsonStringEnumMemberName("tar")]
    Tar,
}
