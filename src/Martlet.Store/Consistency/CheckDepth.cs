namespace Martlet.Store.Consistency;

/// <summary>How much a consistency check reads.</summary>
public enum CheckDepth
{
    /// <summary>All rows, and the lengths of the files. About a second for 100,000 messages.</summary>
    Rows,

    /// <summary>All message bytes too, against their checksums: as long as the disk takes to read them.</summary>
    Deep,
}
