using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp;

/// <summary>All texts that SMTP peers read, except those about the syntax of an address or parameter. They say what to do, not what is inside us.</summary>
internal static class Replies
{
    public static SmtpReply Done { get; } = new(250, EnhancedStatus.Other, "Done.");

    public static SmtpReply Goodbye { get; } = new(221, EnhancedStatus.Other, "Goodbye.");

    public static SmtpReply SenderTaken { get; } = new(250, EnhancedStatus.OtherAddress, "Sender taken.");

    public static SmtpReply RecipientTaken { get; } = new(250, EnhancedStatus.DestinationValid, "Recipient taken.");

    public static SmtpReply SendData { get; } = new(354, "Send the message, then a line with a dot.");

    public static SmtpReply NotVerified { get; } = new(252, EnhancedStatus.Other, "Addresses are not told; send mail and see.");

    public static SmtpReply StartTls { get; } = new(220, EnhancedStatus.Other, "Start TLS now.");

    public static SmtpReply LoggedIn { get; } = new(235, EnhancedStatus.OtherSecurity, "Logged in.");

    public static SmtpReply UnknownCommand { get; } = new(500, EnhancedStatus.InvalidCommand, "Unknown command; try HELP.");

    public static SmtpReply NotSmtp { get; } = new(500, EnhancedStatus.InvalidCommand, "This is a mail server; speak SMTP.");

    public static SmtpReply NotOffered { get; } = new(502, EnhancedStatus.InvalidCommand, "That command is not offered here.");

    public static SmtpReply BadLine { get; } = new(500, EnhancedStatus.Syntax, "Not a command line: a verb, its arguments in printable characters, and CRLF at the end.");

    public static SmtpReply LineTooLong { get; } = new(500, EnhancedStatus.LineTooLong, "That line is too long.");

    public static SmtpReply NoArgument { get; } = new(501, EnhancedStatus.InvalidArguments, "This command takes no argument.");

    public static SmtpReply BadHello { get; } = new(501, EnhancedStatus.InvalidArguments, "Say your name: EHLO host.example or EHLO [192.0.2.1]");

    public static SmtpReply HelloFirst { get; } = new(503, EnhancedStatus.InvalidCommand, "Say EHLO first.");

    public static SmtpReply MailFirst { get; } = new(503, EnhancedStatus.InvalidCommand, "Say MAIL first.");

    public static SmtpReply InTransaction { get; } = new(503, EnhancedStatus.InvalidCommand, "Not within a message; finish it or say RSET.");

    public static SmtpReply NoRecipients { get; } = new(554, EnhancedStatus.InvalidCommand, "There are no valid recipients; say RCPT first.");

    public static SmtpReply TlsIsOn { get; } = new(503, EnhancedStatus.InvalidCommand, "TLS is on already.");

    public static SmtpReply NoTls { get; } = new(502, EnhancedStatus.InvalidCommand, "TLS is not offered here.");

    public static SmtpReply TlsFirst { get; } = new(530, EnhancedStatus.OtherSecurity, "Say STARTTLS first.");

    public static SmtpReply LoginFirst { get; } = new(530, EnhancedStatus.OtherSecurity, "Log in first.");

    public static SmtpReply LoginElsewhere { get; } = new(502, EnhancedStatus.InvalidCommand, "No logins here; send your mail through the submission port, 465 or 587.");

    public static SmtpReply LoginNeedsTls { get; } = new(538, EnhancedStatus.EncryptionRequired, "Say STARTTLS before you log in.");

    public static SmtpReply LoggedInAlready { get; } = new(503, EnhancedStatus.InvalidCommand, "You are logged in already.");

    public static SmtpReply UnknownMechanism { get; } = new(504, EnhancedStatus.InvalidArguments, "That mechanism is not offered; see EHLO.");

    public static SmtpReply LoginCancelled { get; } = new(501, EnhancedStatus.OtherSecurity, "Login cancelled.");

    public static SmtpReply LoginMalformed { get; } = new(501, EnhancedStatus.Syntax, "That is not a response of this mechanism in base64.");

    public static SmtpReply BadCredentials { get; } = new(535, EnhancedStatus.BadCredentials, "Address or password is wrong.");

    /// <summary>With what the administrator wants people to know.</summary>
    public static SmtpReply AccountDisabled(string text) => new(525, EnhancedStatus.AccountDisabled, text.Length > 0 ? text : "The account is disabled.");

    public static SmtpReply OtherAccount { get; } = new(535, EnhancedStatus.BadCredentials, "That is not the same account.");

    public static SmtpReply TryLoginLater { get; } = new(454, EnhancedStatus.OtherSecurity, "Too many failed logins; try again later.");

    public static SmtpReply TooManyLogins { get; } = new(421, EnhancedStatus.OtherSecurity, "Too many failed logins.");

    public static SmtpReply NotYourAddress { get; } = new(550, EnhancedStatus.NotAuthorized, "MAIL FROM must be an address of yours.");

    public static SmtpReply MessageTooBig { get; } = new(552, EnhancedStatus.MessageTooBig, "The message is too big.");

    public static SmtpReply TooManyMessages { get; } = new(421, EnhancedStatus.TooManyRecipients, "Enough messages on this connection; connect again.");

    public static SmtpReply TooManyRecipients { get; } = new(452, EnhancedStatus.TooManyRecipients, "Too many recipients; send the message again to the others.");

    public static SmtpReply TooManyErrors { get; } = new(421, EnhancedStatus.OtherSecurity, "Too many errors.");

    public static SmtpReply TooManyCommands { get; } = new(421, EnhancedStatus.OtherSecurity, "Too many commands without a message.");

    public static SmtpReply BareLineBreak { get; } =
        new(550, EnhancedStatus.OtherContent, "The message has a CR or LF that is not part of CRLF; send lines ended by CRLF.");

    public static SmtpReply Loop { get; } = new(554, EnhancedStatus.Loop, "The message has been through too many servers; it runs in a circle.");


    public static SmtpReply TooSlow { get; } = new(421, EnhancedStatus.BadConnection, "The message took too long.");

    public static SmtpReply Idle { get; } = new(421, EnhancedStatus.BadConnection, "Nothing came for too long.");

    public static SmtpReply EndedByUser { get; } = new(421, EnhancedStatus.NotAccepting, "This connection was ended on the account page.");

    public static SmtpReply Stopping { get; } = new(421, EnhancedStatus.NotAccepting, "The server is stopping; try again later.");

    public static SmtpReply Fault { get; } = new(421, EnhancedStatus.OtherSystem, "Something is wrong here; try again later.");

    public static SmtpReply Unavailable { get; } = new(451, EnhancedStatus.OtherSystem, "The mail store does not answer; try again later.");

    public static SmtpReply DiskFull { get; } = new(452, EnhancedStatus.SystemFull, "There is no space for the message; try again later.");
}
