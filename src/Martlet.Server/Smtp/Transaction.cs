using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;

namespace Martlet.Server.Smtp;

/// <summary>A message's envelope while it is being given: from MAIL to the end of DATA or RSET.</summary>
internal sealed class Transaction(MailCommand mail)
{
    /// <summary>MAIL with its parameters.</summary>
    public MailCommand Mail => mail;

    /// <summary>Recipients taken, in order.</summary>
    public List<Recipient> Recipients { get; } = [];

    /// <summary>Recipients refused; null for none.</summary>
    public RefusedRecipients? Refused { get; set; }
}
