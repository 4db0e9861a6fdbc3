namespace Martlet.Messages.Mime;

/// <summary>Stub.</summary>
public sealed record MimeLimits;
