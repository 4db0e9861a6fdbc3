namespace Martlet.Messages.Mime;

/// <summary>Finds the part that the numbers of a section name (RFC 9051 §6.4.5.1).</summary>
/// <remarks>
/// What the specifiers after the numbers mean for the part found: none is <see cref="PartView.BodyRange"/>, MIME is <see cref="PartView.MimeHeaderRange"/>;
/// HEADER and TEXT are <see cref="PartView.NestedHeaderRange"/> and <see cref="PartView.NestedTextRange"/> and exist only where the part is a
/// <see cref="PartKind.Message"/>. Without numbers, of the root: HEADER is <see cref="PartView.MimeHeaderRange"/>, TEXT is <see cref="PartView.BodyRange"/>.
/// </remarks>
public static class PartPath
{
    /// <summary>Walks down from the root part.</summary>
    /// <param name="root">The root part of the message.</param>
    /// <param name="path">Part numbers from 1. Empty finds the root.</param>
    /// <param name="part">The part. A message that is not a multipart has a part 1, which is its root again: the body itself.</param>
    /// <returns>False when there is no such part.</returns>
    public static bool TryFind(PartView root, scoped ReadOnlySpan<int> path, out PartView part)
    {
        part = root;
        for (var level = 0; level < path.Length; level++)
        {
            // The parts of a nested message are numbered as if it stood alone: 4.1 is part 1 of the message that is part 4.
            var isMessageRoot = level == 0 || part.Kind == PartKind.Message;
            var container = level > 0 && part.Kind == PartKind.Message ? part.NestedRoot : part;
            if (container.Kind == PartKind.Multipart)
            {
                if (!TryChild(container, path[level], out part))
                {
                    return false;
                }
            }
            else if (isMessageRoot && path[level] == 1)
            {
                part = container;
            }
            else
            {
                part = default;
                return false;
            }
        }

        return true;
    }

    private static bool TryChild(PartView parent, int number, out PartView part)
    {
        foreach (var child in parent.Children)
        {
            if (--number == 0)
            {
                part = child;
                return true;
            }
        }

        part = default;
        return false;
    }
}
