using Rubato.Torch.Objectives;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>
/// How many samples a rehearsal may take outside the budget of the run: what about two seconds of one processor core compute.
/// </summary>
/// <remarks>
/// Reckoned from the network, never measured: equal runs must find equal rates on any machine and under any load.
/// </remarks>
internal static class FreeProbing
{
    // Rough on purpose. On the cores that were tried, small updates took 0.1 to 0.4 ms, and networks a quarter to three times as long as
    // reckoned.
    private const double Seconds = 2;
    private const double SecondsAnUpdate = 2e-4;
    private const double OperationsASecond = 1.5e10;

    // Forward and backward: three products of matrices, each element a multiplication and an addition.
    private const double OperationsAProduct = 6;

    /// <summary>The samples.</summary>
    /// <param name="objective">Network and samples; buffers, modes and the random state stay what they are.</param>
    /// <param name="batchSize">The samples of an update; at least 1.</param>
    internal static long Samples(Objective objective, long batchSize) =>
        (long)(Seconds / ((SecondsAnUpdate / batchSize) + (OperationsAProduct * Products(objective) / OperationsASecond)));

    /// <summary>
    /// Products of a weight and a number in the forward pass of a sample, over the modules that have weights of their own; the number of
    /// all parameters where that is more, or the samples cannot be computed.
    /// </summary>
    internal static double Products(Objective objective)
    {
        var products = 0.0;
        var samples = LayerOutputs.See(objective, layer =>
        {
            var weights = layer.parameters(recurse: false).Where(parameter => parameter.dim() >= 2).ToArray();
            return weights.Length == 0 ? null : output => products += weights.Sum(weight => ProductsOf(weight, output));
        });
        var parameters = objective.Network.parameters().Sum(parameter => (double)parameter.numel());
        return samples == 0 ? parameters : Math.Max(products / samples, parameters);
    }

    // A weight of a convolution serves each place of its output, one of a linear layer each token: so many outputs has a row of the weight.
    private static double ProductsOf(Tensor weight, Tensor output) => weight.numel() * ((double)output.numel() / weight.shape[0]);
}
