using System.Runtime.InteropServices;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Running;

/// <summary>
/// How many samples a rehearsal may take outside the budget of the run: what about two seconds of one processor core compute.
/// </summary>
/// <remarks>
/// Reckoned from the network, never measured: equal runs must find equal rates on any machine and under any load.
/// </remarks>
internal static class FreeProbing
{
    // Rough on purpose. On the cores that were tried, small updates took 0.1 to 0.4 ms, and networks 0.5 to 3 times as long as reckoned.
    private const double Seconds = 2;
    private const double SecondsAnUpdate = 2e-4;
    private const double OperationsASecond = 1.5e10;

    // Forward and backward: three products of matrices, each element a multiplication and an addition.
    private const double OperationsAProduct = 6;
    private const int MostSamples = 2;

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
        var (modes, products) = (new ModuleModes(objective.Network), 0.0);
        var parameters = objective.Network.parameters().Sum(parameter => (double)parameter.numel());
        List<Module<Tensor, Tensor>.HookRemover> hooks = [];
        try
        {
            var samples = Math.Min(MostSamples, objective.Count);
            foreach (var layer in objective.Network.modules().Prepend(objective.Network).Distinct().OfType<Module<Tensor, Tensor>>())
            {
                var weights = layer.parameters(recurse: false).Where(parameter => parameter.dim() >= 2).ToArray();
                if (weights.Length == 0)
                {
                    continue;
                }

                // A weight of a convolution serves each place of its output, one of a linear layer each token.
                hooks.Add(layer.register_forward_hook((_, _, output) =>
                {
                    products += weights.Sum(
                        weight => weight.numel() * Math.Max(1, (double)output.numel() / samples / weight.shape[0]));
                    return output;
                }));
            }

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            objective.Network.eval();
            _ = objective.Loss([.. Enumerable.Range(0, samples)], SampleDraw.Evaluation);
            return Math.Max(products, parameters);
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            return parameters;
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
            modes.PutBack();
        }
    }
}
