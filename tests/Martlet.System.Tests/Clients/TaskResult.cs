namespace Martlet.SystemTests.Clients;

/// <summary>How a task went.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Outcome">One of the constants here.</param>
/// <param name="Detail">Why it failed; else empty.</param>
internal sealed record TaskResult(string Task, string Outcome, string Detail = "")
{
    public const string Ok = "ok";
    public const string No = "no";
    public const string NotInClient = "not offered by the client";
    public const string NotInServer = "not offered by the server";

    /// <summary>Reads <c>task: outcome</c> or <c>task: outcome: detail</c>.</summary>
    /// <returns>Null when the line is something else.</returns>
    public static TaskResult? Parse(string line) => line.Split(": ", 3) switch
    {
        [var task, Ok or No or NotInClient or NotInServer] words => new TaskResult(task, words[1]),
        [var task, Ok or No or NotInClient or NotInServer, var detail] words => new TaskResult(task, words[1], detail),
        _ => null,
    };

    /// <summary>The results as lines, to show what happened.</summary>
    public static string Text(IEnumerable<TaskResult> results) =>
        string.Join('\n', results.Select(result => result.Detail.Length > 0 ? $"{result.Task}: {result.Outcome}: {result.Detail}" : $"{result.Task}: {result.Outcome}"));
}
