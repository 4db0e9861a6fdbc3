namespace Martlet.Protocols.Smtp;

/// <summary>RCPT: RFC 5321 §4.1.1.3. No parameters are known.</summary>
/// <param name="To">Envelope recipient.</param>
public sealed record RcptCommand(ForwardPath To)
{
    private static readonly SmtpReply BadSyntax = new(501, EnhancedStatus.Syntax, "Say: RCPT TO:<address>");
    private static readonly SmtpReply BadAddress = new(501, EnhancedStatus.BadDestinationSyntax, "That is not an address. Say: RCPT TO:<address>");
    private static readonly SmtpReply NeedsUtf8 = new(553, EnhancedStatus.AddressNotAscii, "The address is not ASCII; add the parameter SMTPUTF8 to MAIL.");
    private static readonly SmtpReply Unknown = new(555, EnhancedStatus.InvalidArguments, "No RCPT parameter is known here; leave it out.");

    /// <summary>Reads the argument of RCPT.</summary>
    /// <param name="argument">What follows the verb.</param>
    /// <param name="limits">Lengths.</param>
    /// <param name="isUtf8">Whether MAIL had SMTPUTF8.</param>
    /// <param name="refusal">The reply when the result is null.</param>
    public static RcptCommand? Read(ReadOnlySpan<byte> argument, AddressLimits limits, bool isUtf8, out SmtpReply? refusal)
    {
        var reader = new PathReader(argument, limits);
        if (!reader.Keyword("TO:"u8))
        {
            refusal = BadSyntax;
            return null;
        }

        EmailAddress? address = null;
        if (!reader.Postmaster() && !reader.Path(out address))
        {
            refusal = BadAddress;
            return null;
        }

        if (!reader.IsAtEnd)
        {
            refusal = reader.Parameter(out _, out _) ? Unknown : BadSyntax;
            return null;
        }

        refusal = address is { IsAscii: false } && !isUtf8 ? NeedsUtf8 : null;
        return refusal is null ? new RcptCommand(new ForwardPath(address)) : null;
    }
}
