namespace Rubato.Torch.Parallel;

/// <summary>What a process wants all processes to do after an update.</summary>
[Flags]
internal enum Wishes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The run is to end.</summary>
    Stop = 1,

    /// <summary>A checkpoint is to be written.</summary>
    Save = 2,
}
