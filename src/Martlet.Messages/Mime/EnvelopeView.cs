namespace Martlet.Messages.Mime;

/// <summary>The envelope structure of a message or nested message (RFC 9051 §7.5.2), raw: unfolded, nothing decoded.</summary>
/// <remarks>Of a field that occurs more than once the first counts. <c>default</c> is an envelope without any field.</remarks>
public readonly ref struct EnvelopeView
{
    private readonly FieldsView _fields;

    internal EnvelopeView(FieldsView fields) => _fields = fields;

    /// <summary>The Date field as text, not interpreted.</summary>
    public OptionalBytes Date => _fields[MetaTag.Date];

    /// <summary>The Subject field.</summary>
    public OptionalBytes Subject => _fields[MetaTag.Subject];

    /// <summary>The In-Reply-To field.</summary>
    public OptionalBytes InReplyTo => _fields[MetaTag.InReplyTo];

    /// <summary>The Message-ID field with its angle brackets.</summary>
    public OptionalBytes MessageId => _fields[MetaTag.MessageId];

    /// <summary>The authors.</summary>
    public AddressListView From => List(MetaTag.From);

    /// <summary>The Sender field; the authors where it is absent or empty, as RFC 9051 §7.5.2 asks.</summary>
    public AddressListView Sender => ListOrFrom(MetaTag.Sender);

    /// <summary>The Reply-To field; the authors where it is absent or empty, as RFC 9051 §7.5.2 asks.</summary>
    public AddressListView ReplyTo => ListOrFrom(MetaTag.ReplyTo);

    /// <summary>The To field.</summary>
    public AddressListView To => List(MetaTag.To);

    /// <summary>The Cc field.</summary>
    public AddressListView Cc => List(MetaTag.Cc);

    /// <summary>The Bcc field.</summary>
    public AddressListView Bcc => List(MetaTag.Bcc);

    private AddressListView List(MetaTag tag) => new(_fields[tag].Value);

    private AddressListView ListOrFrom(MetaTag tag)
    {
        var own = List(tag);
        return own.IsEmpty ? From : own;
    }
}
