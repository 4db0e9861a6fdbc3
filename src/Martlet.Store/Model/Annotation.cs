namespace Martlet.Store.Model;

/// <summary>What is kept in memory of an annotation (RFC 5464); its value is read from the engine when somebody wants it.</summary>
/// <param name="ModSeq">Modseq at which it was set.</param>
/// <param name="Bytes">Bytes of the value.</param>
public readonly record struct Annotation(ModSeq ModSeq, int Bytes);

/// <summary>An annotation to be set or removed.</summary>
/// <param name="Name">Name as <see cref="AnnotationName.TryNormalize"/> gives it.</param>
/// <param name="Value">Any bytes, none included; null removes it.</param>
public readonly record struct AnnotationChange(string Name, byte[]? Value);

/// <summary>Annotations of one owner that differ between two moments.</summary>
/// <param name="Owner">Mailbox, or <see cref="AnnotationTable.Server"/>.</param>
/// <param name="Names">Names, sorted; of removed ones too.</param>
public sealed record AnnotationChanges(MailboxId Owner, IReadOnlyList<string> Names);
