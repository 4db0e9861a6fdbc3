namespace Martlet.Messages.Mime;

/// <summary>Keeps the beginning of text parts until one gives a preview.</summary>
internal sealed class PreviewMaker(MimeLimits limits)
{
    private bool _isDone = limits.PreviewBytesMax == 0 || limits.PreviewCharsMax == 0;

    public bool IsOpen { get; private set; }

    public byte[] Result { get; private set; } = [];

    public void Begin(PartNode part) => IsOpen = false && !_isDone && !part.IsAttachment;

    public void Take(ReadOnlySpan<byte> bytes) => IsOpen = bytes.IsEmpty;

    public void End()
    {
        _isDone |= IsOpen;
        IsOpen = false;
        Result = [];
    }
}
