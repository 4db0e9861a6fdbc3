using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>Bytes of a server in, values out: what the tests of responses share.</summary>
internal static class Answers
{
    /// <summary>Reads text that is one response; CRLF is added.</summary>
    public static ImapResponse Read(string text, bool isUtf8 = false, ImapClientLimits? limits = null) =>
        Assert.Single(ReadAll(Encoding.UTF8.GetBytes(text + "\r\n"), isUtf8, limits));

    /// <summary>Reads text that is one good response of a kind.</summary>
    public static T Read<T>(string text, bool isUtf8 = false, ImapClientLimits? limits = null)
        where T : ImapResponse
    {
        var response = Read(text, isUtf8, limits);
        return response as T ?? throw new Xunit.Sdk.XunitException($"{text} was read as {response}");
    }

    /// <summary>Reads the code of a status response.</summary>
    public static ResponseCodeData? Code(string code) => Read<StatusResponse>($"* OK [{code}] Done.").Code;

    /// <summary>Reads all responses; every byte must be taken.</summary>
    public static List<ImapResponse> ReadAll(ReadOnlySpan<byte> bytes, bool isUtf8 = false, ImapClientLimits? limits = null)
    {
        var framer = new ResponseFramer(limits ?? ImapClientLimits.Default);
        var reader = new ResponseReader(limits ?? ImapClientLimits.Default) { IsUtf8 = isUtf8 };
        List<ImapResponse> responses = [];
        while (!bytes.IsEmpty)
        {
            Assert.Equal(ResponseStep.Response, framer.Next(bytes, out var consumed, out var text));
            responses.Add(reader.Read(text));
            bytes = bytes[consumed..];
        }

        return responses;
    }

    /// <summary>A set as on the wire.</summary>
    public static string? Text(NumSet? set) => set?.ToString();
}
