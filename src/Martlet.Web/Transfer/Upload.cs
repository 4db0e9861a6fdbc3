using System.Text;
using Martlet.Server.Transfer;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Martlet.Web.Transfer;

/// <summary>
/// A form with a large file, read as it comes: first the form's token, then its other fields, the file last. Nothing of the file is read before the token is right, and it goes
/// to the disk piece by piece.
/// </summary>
internal sealed class Upload : IAsyncDisposable
{
    private const int FieldBytesMax = 4096;

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private Upload()
    {
    }

    /// <summary>The file, at its beginning; null when none came. It is gone when it is closed.</summary>
    public FileStream? File { get; private set; }

    /// <summary>Its name, as the browser gave it.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Why the file was not taken; empty when it was, or when none came.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>A field; empty when it is not there.</summary>
    public string Field(string name) => _fields.GetValueOrDefault(name, "");

    /// <summary>Leaves the file to somebody else.</summary>
    public FileStream TakeFile()
    {
        var file = File ?? throw new InvalidOperationException("No file came.");
        File = null;
        return file;
    }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="folder">Where the file is kept.</param>
    /// <param name="limits">How large it may be, and how much of the disk it leaves free.</param>
    /// <returns>Null when the token is not right.</returns>
    public static async Task<Upload?> ReadAsync(WebRequest request, string folder, TransferLimits limits)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            return null;
        }

        var upload = new Upload();
        var reader = new MultipartReader(boundary, request.Http.Request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 };
        var isTokenRight = false;
        try
        {
            for (var count = 0; count < request.Services.Limits.FormFieldsMax && await reader.ReadNextSectionAsync(request.Cancel) is { } section; count++)
            {
                if (section.GetContentDispositionHeader() is not { } field)
                {
                    continue;
                }

                var name = HeaderUtilities.RemoveQuotes(field.Name).Value ?? "";
                if (!field.IsFileDisposition())
                {
                    upload._fields[name] = await ReadFieldAsync(section, request.Cancel);
                    isTokenRight |= name == FormTokens.Field && request.IsTokenRight(upload._fields[name]);
                }
                else if (!isTokenRight)
                {
                    break;
                }
                else if (upload.File is null)
                {
                    upload.FileName = Path.GetFileName(HeaderUtilities.RemoveQuotes(field.FileName).Value ?? "");
                    await upload.KeepAsync(section.Body, folder, limits, request.Cancel);
                }
            }
        }
        catch (InvalidDataException e)
        {
            await upload.DisposeAsync();
            throw new BadHttpRequestException("The form is not in its form.", StatusCodes.Status400BadRequest, e);
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }

        if (isTokenRight)
        {
            return upload;
        }

        await upload.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => File?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<string> ReadFieldAsync(MultipartSection section, CancellationToken cancel)
    {
        var bytes = new byte[FieldBytesMax + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return length <= FieldBytesMax ? Encoding.UTF8.GetString(bytes, 0, length) : throw new InvalidDataException("A field of the form is too long.");
    }

    private async Task KeepAsync(Stream content, string folder, TransferLimits limits, CancellationToken cancel)
    {
        File = SpoolFile.Create(folder);
        try
        {
            await SpoolFile.FillAsync(File, folder, content, limits, cancel);
        }
        catch (InvalidDataException e)
        {
            Problem = $"The file is not taken: {e.Message}";
        }

        if (File.Length == 0)
        {
            await File.DisposeAsync();
            File = null;
        }
    }
}
