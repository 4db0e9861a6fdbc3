using System.Globalization;
using System.Text;

namespace Martlet.Cli.Setup;

/// <summary>What quickstart says to people, in 80 columns.</summary>
internal static class QuickstartText
{
    private const int Columns = 78;

    /// <summary>A step.</summary>
    public static string Step(QuickstartStep step)
    {
        var line = $"  {step.State,-8}{step.What} {step.Name}\n";
        if (step.Password is { } password)
        {
            line += $"          password {password}\n";
        }

        return step.Content is { } content ? line + "\n" + string.Concat(content.TrimEnd('\n').Split('\n').Select(text => text.Length == 0 ? "\n" : $"    {text}\n")) + "\n" : line;
    }

    /// <summary>Everything behind the steps.</summary>
    public static string Rest(QuickstartPlan plan, QuickstartReport report, bool isDry)
    {
        var text = new StringBuilder("\n");
        if (!isDry)
        {
            text.Append(Passwords(plan, report));
        }

        if (report.DnsRecords is { } records)
        {
            text.Append("DNS records to add, as in a zone file (again: martlet dns records):\n\n").Append(DnsText.Write(records, Columns)).Append('\n');
        }

        if (report.Warnings.Count > 0)
        {
            text.Append("Look at this first:\n\n");
            foreach (var warning in report.Warnings)
            {
                var lead = "  ! ";
                foreach (var line in warning.Split('\n').SelectMany(line => Text.Wrap(line, Columns - lead.Length)))
                {
                    text.Append(lead).Append(line).Append('\n');
                    lead = "    ";
                }
            }

            text.Append('\n');
        }

        if (report.ClientSettings.Count > 0)
        {
            text.Append("In a mail program that does not find it by itself:\n\n  user name  ").Append(plan.First.Address).Append('\n');
            foreach (var way in report.ClientSettings)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {way.For,-9}  {way.Hostname}, port {way.Port}, {way.Security}\n");
            }

            text.Append('\n');
        }

        if (report.Pages.Count > 0)
        {
            text.Append("Pages, once it runs (those on localhost are for this machine: ssh -L):\n\n");
            text.Append(string.Concat(report.Pages.Select(page => $"  {page.For,-15} {page.Url}\n"))).Append('\n');
        }

        if (report.Next.Count > 0)
        {
            text.Append("Start it:\n\n").Append(string.Concat(report.Next.Select(line => $"  {line}\n"))).Append('\n');
        }

        return text.ToString();
    }

    private static string Passwords(QuickstartPlan plan, QuickstartReport report)
    {
        if (report.Steps.FirstOrDefault(step => step.What == "administrator") is not { } administrator)
        {
            return "";
        }

        var lead = report.Steps.Any(step => step.Password is not null) ? "Passwords are shown this once; only hashes are kept. New ones:" : "Passwords are not kept and cannot be shown again. New ones:";
        return $"{lead}\n\n  {plan.Command} account password {plan.First.Address} --generate \\\n    --config {plan.ConfigPath}\n"
            + $"  {plan.Command} admin password {administrator.Name} --generate \\\n    --config {plan.ConfigPath}\n\n";
    }
}
