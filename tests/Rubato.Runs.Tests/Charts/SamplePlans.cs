using Rubato.Rewrites;
using Rubato.Runs.Charts;

namespace Rubato.Runs.Tests.Charts;

internal static class SamplePlans
{
    /// <summary>Ten epochs of ten updates of ten samples.</summary>
    public static PlanSettings Hundred(Schedule rate) => new()
    {
        Length = Duration.Epochs(10),
        SamplesPerEpoch = 100,
        LearningRate = rate,
        BatchSize = 10,
        Momentum = 0.9,
    };

    public static TrainingPlan Built(this PlanSettings settings) => new(settings);

    public static PlanSurvey Surveyed(this PlanSettings settings) => PlanSurvey.Of(settings.Built(), TestContext.Current.CancellationToken);

    public static PlanSurvey Surveyed(this PlanSettings settings, ExponentialRewrite exponential) =>
        PlanSurvey.Of(settings.Built(), noise: null, exponential, TestContext.Current.CancellationToken);

    public static PlanSurvey Surveyed(this PlanSettings settings, NoiseForm noise) => PlanSurvey.Of(settings.Built(), noise, TestContext.Current.CancellationToken);
}
