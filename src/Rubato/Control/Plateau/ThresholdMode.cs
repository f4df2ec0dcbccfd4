namespace Rubato.Control;

/// <summary>How <see cref="ReduceOnPlateauSettings.Threshold"/> is meant; PyTorch's <c>threshold_mode</c>.</summary>
public enum ThresholdMode
{
    /// <summary>A share of the best: a mean is better where <c>mean &lt; best (1 - threshold)</c>. PyTorch's <c>rel</c>.</summary>
    Relative,

    /// <summary>A difference: a mean is better where <c>mean &lt; best - threshold</c>. PyTorch's <c>abs</c>.</summary>
    Absolute,
}
