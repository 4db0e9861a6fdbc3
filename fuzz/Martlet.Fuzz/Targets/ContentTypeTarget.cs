using Martlet.Messages.Headers;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes may be a Content-Type, a disposition, a language list, a subject.</summary>
public static class ContentTypeTarget
{
    /// <summary>Runs the target once.</summary>
    /// <param name="input">A field value.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (ContentTypeParser.TryParse(input, MimeLimits.Default, out var parsed) && parsed is not null)
        {
            Target.That(parsed.Type.Length > 0 && parsed.Subtype.Length > 0, "There is a type and a subtype.");
            Check(parsed.Parameters);
        }

        Check(new ParameterListView(DispositionParser.Parse(input, MimeLimits.Default).EncodedParameters));
        foreach (var tag in new LanguageListView(LanguageListParser.Parse(input, MimeLimits.Default)))
        {
            Target.That(!tag.IsEmpty && !tag.ContainsAny("\r\n\0"u8), "Tags are one line.");
        }

        Target.That(HeaderDecoder.Decode(input).AsSpan().IndexOfAny("\r\n") < 0, "Decoded values are one line.");
    }

    private static void Check(ParameterListView parameters)
    {
        Target.That(parameters.Count <= MimeLimits.Default.ParametersMax, "Not more parameters than allowed.");
        foreach (var parameter in parameters)
        {
            Target.That(!parameter.Name.IsEmpty && !parameter.Name.ContainsAny("\r\n\0"u8), "Names are one line.");
            Target.That(!parameter.Value.ContainsAny("\r\n\0"u8), "Values are one line.");
        }
    }
}
