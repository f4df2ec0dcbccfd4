namespace Rubato.Torch;

/// <summary>The order of an image batch (N, C, H, W) in memory.</summary>
public enum MemoryFormat
{
    /// <summary>N, C, H, W.</summary>
    Contiguous = 0,

    /// <summary>N, H, W, C, with the sizes still said as (N, C, H, W).</summary>
    ChannelsLast = 1,
}
