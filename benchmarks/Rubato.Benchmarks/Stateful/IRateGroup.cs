namespace Rubato.Benchmarks.Stateful;

/// <summary>What a stateful scheduler writes to: a parameter group as TorchSharp's <c>ILearningRateController</c> shows it.</summary>
public interface IRateGroup
{
    double LearningRate { get; set; }

    double InitialLearningRate { get; set; }
}

/// <summary>A parameter group without parameters.</summary>
public sealed class RateGroup : IRateGroup
{
    public double LearningRate { get; set; }

    public double InitialLearningRate { get; set; }
}
