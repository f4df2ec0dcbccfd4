using Rubato.Rewrites;

namespace Rubato.Runs.Charts;

/// <summary>What a curve of a plan shows.</summary>
public enum PlanQuantity
{
    /// <summary>The learning rate.</summary>
    LearningRate,

    /// <summary>
    /// The decimal logarithm of the exponential rate, as <see cref="ExponentialRewrite"/> has it; negative infinity where the rate is 0.
    /// </summary>
    ExponentialRate,

    /// <summary>The global batch size, in samples.</summary>
    BatchSize,

    /// <summary>Momentum, or beta1 for Adam's family.</summary>
    Momentum,

    /// <summary>The weight decay.</summary>
    WeightDecay,

    /// <summary>The noise scale, <see cref="NoiseForm.SmallBatch"/>.</summary>
    SmallBatchNoise,

    /// <summary>The noise scale, <see cref="NoiseForm.Exact"/>.</summary>
    ExactNoise,
}

/// <summary>What stands on the axis along which a plan goes.</summary>
public enum PlanAxis
{
    /// <summary>Passes over the training set.</summary>
    Epochs,

    /// <summary>Training samples.</summary>
    Samples,

    /// <summary>Optimizer updates.</summary>
    Updates,
}
