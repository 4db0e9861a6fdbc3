using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Admin;

/// <summary>A form that was not taken: which one, why, and what was filled in, but for passwords.</summary>
/// <param name="Form">Where it was sent; empty when there is none.</param>
/// <param name="Problem">Why it was not taken.</param>
/// <param name="Values">What was filled in.</param>
public sealed record Retry(string Form, string Problem, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>No form was sent.</summary>
    public static readonly Retry None = new("", "", new Dictionary<string, string>(StringComparer.Ordinal));

    private static readonly string[] Secrets = ["current", "password", "again", FormTokens.Field];

    /// <summary>Status of the page.</summary>
    internal int Status => Form.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;

    /// <summary>What is wrong with a form; empty when nothing is.</summary>
    public string ProblemOf(string form) => form == Form ? Problem : "";

    /// <summary>What stands in a field: what was filled in, or what there is.</summary>
    public string Value(string form, string name, string otherwise = "") => form == Form ? Values.GetValueOrDefault(name, otherwise) : otherwise;

    /// <summary>Whether a box is ticked: as it was sent, or as it is.</summary>
    public bool IsTicked(string form, string name, bool otherwise = false) => form == Form ? Values.ContainsKey(name) : otherwise;

    /// <summary>Of a request.</summary>
    internal static Retry Of(WebRequest request, string problem) => new(
        request.Http.Request.Path.Value ?? "", problem,
        request.Form.Where(field => !Secrets.Contains(field.Key, StringComparer.Ordinal)).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));

    /// <summary>Nothing of what was filled in: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(Retry)} {{ {Form} }}";
}
