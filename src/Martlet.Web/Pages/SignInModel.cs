namespace Martlet.Web.Pages;

/// <summary>What the sign-in page shows.</summary>
/// <param name="NameLabel">What names are.</param>
/// <param name="Name">As it was typed.</param>
/// <param name="Problem">Why it was not taken; empty at first.</param>
public sealed record SignInModel(string NameLabel, string Name, string Problem);
