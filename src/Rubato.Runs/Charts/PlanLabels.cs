namespace Rubato.Runs.Charts;

/// <summary>The words and figures on a plan's axes.</summary>
public static class PlanLabels
{
    /// <summary>A quantity's name.</summary>
    /// <param name="quantity">Which.</param>
    /// <returns>Such as <c>learning rate</c>.</returns>
    public static string Of(PlanQuantity quantity) => quantity switch
    {
        PlanQuantity.LearningRate => "learning rate",
        PlanQuantity.BatchSize => "batch size",
        PlanQuantity.Momentum => "momentum",
        PlanQuantity.WeightDecay => "weight decay",
        PlanQuantity.SmallBatchNoise => "noise scale (small batch)",
        _ => "noise scale (exact)",
    };

    /// <summary>What an axis counts.</summary>
    /// <param name="axis">Which.</param>
    /// <returns>Such as <c>epochs</c>.</returns>
    public static string Of(PlanAxis axis) => axis switch
    {
        PlanAxis.Epochs => "epochs",
        PlanAxis.Samples => "samples",
        _ => "updates",
    };

    /// <summary>A value beside an axis, short and without loss that a drawing could show.</summary>
    /// <param name="value">Finite.</param>
    /// <returns>Four digits: <c>0.1</c>, <c>4e-07</c>, <c>2.5M</c>.</returns>
    public static string Value(double value) => Math.Abs(value) switch
    {
        >= 1e9 => $"{value / 1e9:G4}G",
        >= 1e6 => $"{value / 1e6:G4}M",
        >= 1e4 => $"{value / 1e3:G4}k",
        < 1e-3 and > 0 => $"{value:0.###e-0}",
        _ => $"{value:G4}",
    };
}
