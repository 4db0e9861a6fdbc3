using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 6154. The uses are told with every LIST (§2 allows it); new accounts have one mailbox for each.</summary>
[Capability("SPECIAL-USE", "CREATE-SPECIAL-USE")]
public sealed class Rfc6154Examples
{
    [Fact]
    public Task Section_5_1_LIST() => ImapServer.PlayAsync("""
        C: a1 CREATE ToDo
        S: a1 OK Done.
        C: a2 CREATE Projects/One
        S: a2 OK Done.
        C: t1 LIST "" "%"
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasChildren) "/" Projects
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren) "/" ToDo
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: t1 OK Done.
        """);

    [Fact]
    public Task Section_5_2_extended_LIST() => ImapServer.PlayAsync("""
        C: t1 CREATE ToDo
        S: t1 OK Done.
        C: t2 LIST "" "T%" RETURN (SPECIAL-USE)
        S: * LIST (\HasNoChildren) "/" ToDo
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: t2 OK Done.
        C: t3 LIST (SPECIAL-USE) "" "*"
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: t3 OK Done.
        """);

    // A mailbox has one use at most here, which §3 allows with USEATTR; \All is no use of ours, as in the RFC.
    [Fact]
    public Task Section_5_3_CREATE() => ImapServer.PlayAsync("""
        C: t2 CREATE MySpecial (USE (\Drafts \Sent))
        S: t2 NO [USEATTR] One of \Archive, \Drafts, \Junk, \Sent and \Trash can be given.
        C: t3 CREATE Everything (USE (\All))
        S: t3 NO [USEATTR] One of \Archive, \Drafts, \Junk, \Sent and \Trash can be given.
        C: t4 CREATE MyDrafts (USE (\Drafts))
        S: t4 OK Done.
        """);
}
