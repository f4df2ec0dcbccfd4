using System.Collections.Immutable;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Objectives;

/// <summary>What a network is trained for: the mean loss over samples, whatever a batch of them is.</summary>
/// <remarks>Owns neither network nor samples. Belongs to the thread that trains.</remarks>
internal abstract class Objective
{
    /// <summary>An objective.</summary>
    /// <param name="network">The network whose parameters the loss depends on.</param>
    /// <param name="count">How many samples there are; at least 1.</param>
    private protected Objective(Module network, int count) => (Network, Count) = (network, count);

    /// <summary>The network whose parameters the loss depends on.</summary>
    public Module Network { get; }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>The names of the metrics that an evaluation measures, in their order.</summary>
    internal virtual ImmutableArray<string> Metrics => [];

    /// <summary>The mean loss over some samples, from which gradients flow to the parameters.</summary>
    /// <param name="indices">Which samples; at least one.</param>
    /// <param name="draw">Which reading of them it is.</param>
    /// <returns>A tensor of one number, of the caller's scope.</returns>
    internal abstract Tensor Loss(ReadOnlySpan<int> indices, in SampleDraw draw);

    /// <summary>What some samples are read as, for messages.</summary>
    /// <param name="indices">Which samples; at least one.</param>
    /// <param name="draw">Which reading of them it is.</param>
    /// <returns>Such as <c>inputs (20, 6) Float32 and targets (20) Int64</c>, as far as it can be found out.</returns>
    internal abstract string Describe(ReadOnlySpan<int> indices, in SampleDraw draw);

    /// <summary>The samples of the smallest and the largest class number; none if that is not known.</summary>
    internal virtual int[] Extremes => [];

    /// <summary>The sums of what an evaluation of some samples measures; the network is in evaluation mode.</summary>
    /// <param name="indices">Which samples; at least one.</param>
    /// <returns>Sums over the samples, of which the caller takes the mean.</returns>
    internal abstract Evaluation Sum(ReadOnlySpan<int> indices);

    /// <summary>The network's outputs for some samples, in evaluation mode.</summary>
    /// <param name="indices">Which samples; at least one.</param>
    /// <returns>(N, ...), of the caller's scope.</returns>
    /// <exception cref="NotSupportedException">A batch is of a type of its own, whose outputs nobody knows.</exception>
    internal abstract Tensor Outputs(ReadOnlySpan<int> indices);
}
