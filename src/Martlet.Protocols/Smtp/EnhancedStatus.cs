namespace Martlet.Protocols.Smtp;

/// <summary>
/// Subject and detail of an enhanced status (RFC 3463, registry of RFC 5248). The class is not here: it is the first digit of the reply code, and RFC 2034 §4
/// wants the two to agree, so the reply writes it.
/// </summary>
/// <param name="Subject">Second number.</param>
/// <param name="Detail">Third number.</param>
public readonly record struct EnhancedStatus(byte Subject, byte Detail)
{
    /// <summary>X.0.0: nothing more to say.</summary>
    public static EnhancedStatus Other => new(0, 0);

    /// <summary>X.1.0: about an address, mostly the sender's.</summary>
    public static EnhancedStatus OtherAddress => new(1, 0);

    /// <summary>X.1.1: no such mailbox.</summary>
    public static EnhancedStatus NoSuchMailbox => new(1, 1);

    /// <summary>X.1.3: the recipient's address is no address.</summary>
    public static EnhancedStatus BadDestinationSyntax => new(1, 3);

    /// <summary>X.1.5: the recipient's address is valid.</summary>
    public static EnhancedStatus DestinationValid => new(1, 5);

    /// <summary>X.1.7: the sender's address is no address.</summary>
    public static EnhancedStatus BadSenderSyntax => new(1, 7);

    /// <summary>X.2.1: not accepting mail at the moment.</summary>
    public static EnhancedStatus MailboxDisabled => new(2, 1);

    /// <summary>X.2.2: mailbox full.</summary>
    public static EnhancedStatus MailboxFull => new(2, 2);

    /// <summary>X.3.0: our fault.</summary>
    public static EnhancedStatus OtherSystem => new(3, 0);

    /// <summary>X.3.1: our disk is full.</summary>
    public static EnhancedStatus SystemFull => new(3, 1);

    /// <summary>X.3.2: we accept no mail now.</summary>
    public static EnhancedStatus NotAccepting => new(3, 2);

    /// <summary>X.3.4: message too big.</summary>
    public static EnhancedStatus MessageTooBig => new(3, 4);

    /// <summary>X.4.2: the connection is bad: timed out.</summary>
    public static EnhancedStatus BadConnection => new(4, 2);

    /// <summary>X.4.6: mail loop.</summary>
    public static EnhancedStatus Loop => new(4, 6);

    /// <summary>X.5.0: other protocol status.</summary>
    public static EnhancedStatus OtherProtocol => new(5, 0);

    /// <summary>X.5.1: wrong or unknown command.</summary>
    public static EnhancedStatus InvalidCommand => new(5, 1);

    /// <summary>X.5.2: syntax.</summary>
    public static EnhancedStatus Syntax => new(5, 2);

    /// <summary>X.5.3: too many recipients.</summary>
    public static EnhancedStatus TooManyRecipients => new(5, 3);

    /// <summary>X.5.4: wrong arguments.</summary>
    public static EnhancedStatus InvalidArguments => new(5, 4);

    /// <summary>X.5.6: line too long in authentication (RFC 4954 §6), used for command lines too.</summary>
    public static EnhancedStatus LineTooLong => new(5, 6);

    /// <summary>X.6.0: about the content.</summary>
    public static EnhancedStatus OtherContent => new(6, 0);

    /// <summary>X.6.7: non-ASCII address without SMTPUTF8 (RFC 6531 §3.5).</summary>
    public static EnhancedStatus AddressNotAscii => new(6, 7);

    /// <summary>X.7.0: security.</summary>
    public static EnhancedStatus OtherSecurity => new(7, 0);

    /// <summary>X.7.1: not allowed.</summary>
    public static EnhancedStatus NotAuthorized => new(7, 1);

    /// <summary>X.7.8: wrong credentials (RFC 4954 §6).</summary>
    public static EnhancedStatus BadCredentials => new(7, 8);

    /// <summary>X.7.13: the account is disabled (RFC 5248 §2.4).</summary>
    public static EnhancedStatus AccountDisabled => new(7, 13);

    /// <summary>X.7.11: mechanism needs encryption (RFC 4954 §6).</summary>
    public static EnhancedStatus EncryptionRequired => new(7, 11);
}
