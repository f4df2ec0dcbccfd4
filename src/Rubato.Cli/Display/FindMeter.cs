using Rubato.RangeTests;
using Rubato.Torch;
using Rubato.Torch.RangeTests;

namespace Rubato.Cli.Display;

/// <summary>The numbers a display shows of the run of a range test in progress.</summary>
/// <remarks>Not safe for use by several threads.</remarks>
internal sealed class FindMeter(RangeTestDescription description)
{
    private int _run;

    /// <summary>Such as <c>run 1 of 3</c>.</summary>
    internal string Run => $"run {_run} of {description.Runs}";

    internal string? Momentum { get; private set; }

    internal string WeightDecay { get; private set; } = "";

    internal long Seed { get; private set; }

    internal long Iterations => description.Test.Updates;

    /// <summary>The last update.</summary>
    internal RangePoint Last { get; private set; }

    internal double SmoothedLoss { get; private set; } = double.NaN;

    /// <summary>The lowest smoothed loss; not finite before the first.</summary>
    internal double LowestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Where it lies.</summary>
    internal double LowestRate { get; private set; }

    internal void OnRun(RangeRunBegun run)
    {
        (_run, Momentum, WeightDecay, Seed) = (run.Run, run.Momentum?.ToString(), $"{run.WeightDecay}", run.Seed);
        (Last, SmoothedLoss, LowestLoss, LowestRate) = (default, double.NaN, double.PositiveInfinity, 0);
    }

    internal void OnPoint(RangePointMeasured measured)
    {
        (Last, SmoothedLoss) = (measured.Point, measured.SmoothedLoss);
        if (SmoothedLoss < LowestLoss)
        {
            (LowestLoss, LowestRate) = (SmoothedLoss, Last.LearningRate);
        }
    }
}
