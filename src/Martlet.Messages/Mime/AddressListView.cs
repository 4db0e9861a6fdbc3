namespace Martlet.Messages.Mime;

/// <summary>One address structure of an ENVELOPE (RFC 9051 §7.5.2), or the start or end of a group.</summary>
public readonly ref struct AddressView
{
    internal const byte NameBit = 1;
    internal const byte MailboxBit = 2;
    internal const byte HostBit = 4;

    internal AddressView(OptionalBytes name, OptionalBytes mailbox, OptionalBytes host)
    {
        Name = name;
        Mailbox = mailbox;
        Host = host;
    }

    /// <summary>The display name: quotes and escapes removed, encoded-words left. A trailing comment serves as the name where there is no other.</summary>
    public OptionalBytes Name { get; }

    /// <summary>The localpart with quotes and escapes removed; the name of the group at its start; absent at its end.</summary>
    public OptionalBytes Mailbox { get; }

    /// <summary>The domain or address literal. Absent only at the start and end of a group; empty where the sender forgot it.</summary>
    public OptionalBytes Host { get; }

    /// <summary>Whether a group begins here; its name is <see cref="Mailbox"/>.</summary>
    public bool IsGroupStart => Mailbox.IsPresent && !Host.IsPresent;

    /// <summary>Whether the group ends here.</summary>
    public bool IsGroupEnd => !Mailbox.IsPresent && !Host.IsPresent;
}

/// <summary>The addresses of one field, in order; groups are flat, between a start and an end.</summary>
/// <param name="encoded">What <see cref="Headers.AddressListParser"/> made. Any bytes are safe.</param>
public readonly ref struct AddressListView(ReadOnlySpan<byte> encoded)
{
    private readonly ReadOnlySpan<byte> _encoded = encoded;

    /// <summary>How many structures there are; 0 is written as NIL. O(n).</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>Whether there is none. O(1).</summary>
    public bool IsEmpty => !GetEnumerator().MoveNext();

    /// <summary>Walks the addresses.</summary>
    public Enumerator GetEnumerator() => new(_encoded);

    /// <summary>Walks the addresses; ends at the first broken byte.</summary>
    public ref struct Enumerator
    {
        private MetaReader _reader;

        internal Enumerator(ReadOnlySpan<byte> encoded) => _reader = new MetaReader(encoded);

        /// <summary>The address under the enumerator.</summary>
        public AddressView Current { get; private set; }

        /// <summary>Goes to the next address.</summary>
        public bool MoveNext()
        {
            if (_reader.AtEnd)
            {
                return false;
            }

            var shape = _reader.Byte();
            var name = Next(shape & AddressView.NameBit);
            var mailbox = Next(shape & AddressView.MailboxBit);
            var host = Next(shape & AddressView.HostBit);
            Current = new AddressView(name, mailbox, host);
            return !_reader.Failed;
        }

        private OptionalBytes Next(int isThere) => isThere == 0 ? default : new OptionalBytes(_reader.Bytes());
    }
}
