using Martlet.Store.Engine;

namespace Martlet.Store.Model;

/// <summary>The limits that hold for an account: its own, or else the server's.</summary>
/// <param name="Bytes">Bytes of all messages; 0 is no limit.</param>
/// <param name="Messages">Number of messages; 0 is no limit.</param>
public readonly record struct QuotaLimits(long Bytes, long Messages)
{
    /// <summary>In an account's own limits: none, whatever the server's default is.</summary>
    public const long None = -1;

    /// <summary>Limits of an account.</summary>
    public static QuotaLimits Of(AccountRow account, ServerSettings settings) =>
        new(Choose(account.QuotaBytes, settings.QuotaBytes), Choose(account.QuotaMessages, settings.QuotaMessages));

    /// <summary>Whether so much more fits. What takes nothing more always fits, in an account that is over its limits too.</summary>
    public bool HasRoom(AccountRow account, long bytes, long messages) =>
        (Bytes == 0 || bytes <= 0 || bytes <= Bytes - account.Bytes) && (Messages == 0 || messages <= 0 || messages <= Messages - account.Messages);

    /// <summary>Whether nothing more fits at all.</summary>
    public bool IsFull(AccountRow account) => (Bytes > 0 && account.Bytes >= Bytes) || (Messages > 0 && account.Messages >= Messages);

    /// <summary>How full the account is, as its owner is told: 95 or 80 from that per cent of a limit on, else 0.</summary>
    public int FullnessOf(AccountRow account) => Math.Max(Level(account.Bytes, Bytes), Level(account.Messages, Messages));

    /// <summary>
    /// Up to what its owner need not be told again: what was told, or less once enough was removed. Five per cent below, so that an account at the edge is not told
    /// with every message.
    /// </summary>
    public int ToldOf(AccountRow account)
    {
        var still = Math.Max(Level(account.Bytes, Bytes, slack: 5), Level(account.Messages, Messages, slack: 5));
        return Math.Min(account.QuotaWarned, still);
    }

    private static int Level(long used, long limit, int slack = 0)
    {
        foreach (var level in (ReadOnlySpan<int>)[95, 80])
        {
            if (limit > 0 && (UInt128)used * 100 >= (UInt128)limit * (uint)(level - slack))
            {
                return level;
            }
        }

        return 0;
    }

    private static long Choose(long own, long server) => own switch
    {
        0 => server,
        None => 0,
        _ => own,
    };
}
