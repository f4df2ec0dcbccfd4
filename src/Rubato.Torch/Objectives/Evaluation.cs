using System.Collections.Immutable;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Objectives;

/// <summary>How well a network does on samples it is not trained on.</summary>
/// <param name="Loss">The mean loss over all samples.</param>
/// <param name="Accuracy">The share whose largest output is the target's, 0..1; NaN if the targets are no class numbers.</param>
internal readonly record struct Evaluation(double Loss, double Accuracy)
{
    // Chosen, not fitted: fills the threads, and activations of a convolutional network stay in the hundreds of megabytes.
    private const int BatchSize = 500;

    /// <summary>The means of the objective's metrics, in their order; empty if it has none.</summary>
    internal ImmutableArray<double> Metrics { get; init; } = [];

    /// <summary>Nothing was evaluated.</summary>
    internal static Evaluation None { get; } = new(double.NaN, double.NaN);

    /// <summary>Evaluates in evaluation mode; nothing of the network changes, nor the CPU's random state by metrics that draw.</summary>
    /// <param name="objective">Network, loss and samples.</param>
    /// <param name="chosen">Which of the samples, at least one; null for all.</param>
    /// <param name="team">The processes, which take turns at the batches; null for a process that is alone.</param>
    internal static Evaluation Of(Objective objective, int[]? chosen = null, Team? team = null)
    {
        if (objective.Metrics.IsEmpty)
        {
            return Measure(objective, chosen, team ?? Team.Single);
        }

        using var random = Engine.RandomState();
        try
        {
            return Measure(objective, chosen, team ?? Team.Single);
        }
        finally
        {
            Engine.SetRandomState(random);
        }
    }

    /// <summary>
    /// Measures the metrics of one batch, so that one that cannot be used shows before anything is trained. Nothing changes.
    /// </summary>
    /// <exception cref="InvalidInputException">A metric returned something else than one number.</exception>
    internal static void TryMetrics(Objective objective)
    {
        if (objective.Metrics.IsEmpty)
        {
            return;
        }

        var modes = new ModuleModes(objective.Network);
        try
        {
            _ = Of(objective, [.. Enumerable.Range(0, Math.Min(BatchSize, objective.Count))]);
        }
        finally
        {
            modes.PutBack();
        }
    }

    // Each batch's sums come from one process, and are added up in the order of the batches: the same bits with any number of processes.
    private static Evaluation Measure(Objective objective, int[]? chosen, Team team)
    {
        using var noGrad = no_grad();
        objective.Network.eval();
        var count = chosen?.Length ?? objective.Count;
        Span<int> indices = stackalloc int[BatchSize];
        var measures = 2 + objective.Metrics.Length;
        var batches = (count + BatchSize - 1) / BatchSize;
        var measured = new double[measures * batches];
        for (var number = team.Peers.Rank; number < batches; number += team.Peers.Size)
        {
            using var scope = NewDisposeScope();
            var start = number * BatchSize;
            var batch = indices[..Math.Min(BatchSize, count - start)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = chosen is null ? start + i : chosen[start + i];
            }

            var sums = objective.Sum(batch);
            var own = measured.AsSpan(measures * number, measures);
            (own[0], own[1]) = (sums.Loss, sums.Accuracy);
            for (var metric = 0; metric < sums.Metrics.Length; metric++)
            {
                own[2 + metric] = sums.Metrics[metric];
            }
        }

        team.Gather(measured);
        var totals = new double[measures];
        for (var i = 0; i < measured.Length; i++)
        {
            totals[i % measures] += measured[i];
        }

        return new Evaluation(totals[0] / count, totals[1] / count) { Metrics = [.. totals.Skip(2).Select(sum => sum / count)] };
    }
}
