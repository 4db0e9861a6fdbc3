using Martlet.Protocols.Imap;
using Martlet.Server.Accounts;

namespace Martlet.Server.Imap;

/// <summary>What is announced, in which state: only what holds there.</summary>
internal static class Capabilities
{
    private static readonly string[] Always = [Capability.Imap4Rev2, Capability.Imap4Rev1, Capability.LiteralPlus, Capability.SaslIr, Capability.Enable, Capability.Id];

    private static readonly string[] LoggedIn =
    [
        Capability.Idle, Capability.Namespace, Capability.Children, Capability.Unselect, Capability.UidPlus, Capability.Move, Capability.ESearch,
        Capability.SearchRes, Capability.SpecialUse, Capability.CreateSpecialUse, Capability.ListExtended, Capability.ListStatus, Capability.StatusSize,
        Capability.Utf8Accept, Capability.MultiAppend, Capability.Binary, Capability.SaveDate, Capability.Within, Capability.Preview,
    ];

    /// <summary>What ENABLE takes (RFC 5161).</summary>
    public static readonly string[] Enableable = [Capability.Imap4Rev2, Capability.Utf8Accept];

    /// <summary>The list for a session as it is now, for CAPABILITY, greeting and login replies.</summary>
    public static string For(ImapSession session)
    {
        var list = new List<string>(Always);
        if (session.State == ImapState.NotAuthenticated)
        {
            if (session.CanStartTls)
            {
                list.Add(Capability.StartTls);
            }

            var mechanisms = SaslMechanisms.Offered(session.Login, session.Options.AllowPlainWithoutTls).ToList();
            list.AddRange(mechanisms.Select(name => Capability.AuthPrefix + name));
            if (mechanisms.Count == 0)
            {
                list.Add(Capability.LoginDisabled);
            }
        }
        else
        {
            list.AddRange(LoggedIn);
            list.Add($"{Capability.AppendLimit}={session.Store.Limits.MessageBytesMax.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        }

        return string.Join(' ', list);
    }
}
