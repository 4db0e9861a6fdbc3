using System.Diagnostics.CodeAnalysis;

namespace Martlet.Store.Model;

/// <summary>Why the store did not do what was asked: a value, not an exception. Nothing was changed.</summary>
public enum Refusal
{
    /// <summary>It was done.</summary>
    None,

    /// <summary>The account does not exist (any more).</summary>
    NoSuchAccount,

    /// <summary>The account, domain or address is there already.</summary>
    AlreadyExists,

    /// <summary>The domain does not exist.</summary>
    NoSuchDomain,

    /// <summary>The mailbox does not exist (any more).</summary>
    NoSuchMailbox,

    /// <summary>The message is not in the mailbox (any more).</summary>
    NoSuchMessage,

    /// <summary>A mailbox of that name exists.</summary>
    MailboxExists,

    /// <summary>The mailbox has children and cannot be deleted.</summary>
    HasChildren,

    /// <summary>The name is not allowed: empty part, control character, too long, too deep, or INBOX where it cannot be.</summary>
    BadName,

    /// <summary>The bytes or message limit of the account would be exceeded.</summary>
    OverQuota,

    /// <summary>A named limit would be exceeded: mailboxes an account, keywords a mailbox, UIDs left.</summary>
    LimitReached,

    /// <summary>The domain still has addresses; or an alias, a catch-all or the postmaster still sends mail there.</summary>
    InUse,

    /// <summary>The value of an annotation is larger than <see cref="StoreLimits.AnnotationValueBytesMax"/>.</summary>
    ValueTooLarge,

    /// <summary>No account has that key, no administrator that token.</summary>
    NoSuchKey,

    /// <summary>No account or alias has that address.</summary>
    NoSuchAddress,

    /// <summary>There is no administrator of that name.</summary>
    NoSuchAdministrator,

    /// <summary>It is not any more what the change was made for.</summary>
    Changed,

    /// <summary>The mailbox cannot have that special use.</summary>
    BadUse,
}

/// <summary>The value of an operation, or why there is none.</summary>
public readonly struct StoreResult<T>
{
    private StoreResult(T? value, Refusal refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The value; default when refused.</summary>
    public T? Value { get; }

    /// <summary>The reason; <see cref="Refusal.None"/> when done.</summary>
    public Refusal Refusal { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsDone => Refusal == Refusal.None;

    /// <summary>Done.</summary>
    public static implicit operator StoreResult<T>(T value) => new(value, Refusal.None);

    /// <summary>Refused.</summary>
    public static implicit operator StoreResult<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The result of an operation that has no value.</summary>
public readonly record struct Done;
