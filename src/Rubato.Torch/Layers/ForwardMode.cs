namespace Rubato.Torch.Layers;

/// <summary>What a forward pass is for.</summary>
public enum ForwardMode
{
    /// <summary>The batch's own statistics, which enter the running ones; dropout on.</summary>
    Training,

    /// <summary>The running statistics; dropout off.</summary>
    Evaluation,
}
