namespace Martlet.Server.Config;

/// <summary>One option of a configuration file: how it is read and how it is described come from the same row.</summary>
/// <typeparam name="TDraft">What collects the values of the file.</typeparam>
/// <param name="Name">First word or words of its line.</param>
/// <param name="Values">Names of the words that follow; those in brackets may be left out.</param>
/// <param name="Unit">What the value is counted in or made of.</param>
/// <param name="Default">What holds without a line.</param>
/// <param name="Example">A whole line.</param>
/// <param name="About">What it is for.</param>
/// <param name="Take">Takes the words after the name; returns what is wrong, or null.</param>
internal sealed record ConfigOption<TDraft>(
    string Name, string[] Values, string Unit, string Default, string Example, string About, Func<TDraft, IReadOnlyList<string>, string?> Take)
{
    /// <summary>Whether several lines of it add up; otherwise a second line is an error.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The line's form, for messages and documentation.</summary>
    public string Form => string.Join(' ', [Name, .. Values]);

    /// <summary>Smallest number of values.</summary>
    public int ValuesMin => Values.Count(value => !value.StartsWith('['));
}
