using Rubato.Cli.Display;
using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class WarmupTextTests
{
    private static readonly AutoWarmupRecord Found = new()
    {
        LearningRate = 0.0377,
        Reason = AutoWarmupReason.Minimum,
        BestStep = 1224.15,
        Probability = 0.9976,
        Verdicts = 5,
        Tests = 77,
        Step = 1249,
        Samples = 7968,
        Scale = 1,
        TestSeconds = 0.247,
        Seconds = 0.73,
    };

    public static TheoryData<AutoWarmupRecord, string> Decisions => new()
    {
        {
            Found,
            "learning rate 0.0377, that of update 1,224, where the smoothed loss was lowest; a minimum is past with probability 0.998, 5 tests in a row; "
            + "the warm-up took 1,249 updates, its 77 tests 0.25 s"
        },
        {
            Found with { Reason = AutoWarmupReason.RolledBack, Scale = 0.1, Tests = 1 },
            "learning rate 0.0377, times 0.1 by the guard, that of update 1,224, where the smoothed loss was lowest; the guard went back, and a minimum is past "
            + "with probability 0.998; the warm-up took 1,249 updates, its 1 test 0.25 s"
        },
        {
            Found with { Reason = AutoWarmupReason.NonFinite, Probability = null, Tests = 0 },
            "learning rate 0.0377, that of update 1,224, where the smoothed loss was lowest; the loss was not finite; the warm-up took 1,249 updates, its 0 tests 0.25 s"
        },
        {
            Found with { Reason = AutoWarmupReason.EndOfWarmup, Probability = 0.25 },
            "learning rate 0.0377, that of update 1,224, where the smoothed loss was lowest; the longest warm-up ended without a verdict; a minimum is past with "
            + "probability 0.250; the warm-up took 1,249 updates, its 77 tests 0.25 s"
        },
        {
            Found with { Reason = AutoWarmupReason.EndOfWarmup, Probability = null, Tests = 0, BestStep = null, LearningRate = 1 },
            "learning rate 1, the last of the warm-up; the longest warm-up ended without a verdict; there was no test; the warm-up took 1,249 updates, its 0 tests 0.25 s"
        },
        {
            Found with { Reason = AutoWarmupReason.NonFinite, Probability = null, Tests = 0, BestStep = null, LearningRate = 1e-5, Step = 3 },
            "learning rate 1e-5, the first of the warm-up, because no loss was finite; the loss was not finite; the warm-up took 3 updates, its 0 tests 0.25 s"
        },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decision_AnyReason_RateEvidenceAndCost(AutoWarmupRecord record, string line) => Assert.Equal($"autowarmup  {line}", WarmupText.Decision(record));

    [Theory]
    [InlineData(RunPhase.WarmUp, null, "warm-up")]
    [InlineData(RunPhase.WarmUp, 0.006, "warm-up (minimum past: 1 %)")]
    [InlineData(RunPhase.Cooldown, null, "cooldown")]
    public void Phase_Probability_WhereThereIsOne(RunPhase phase, double? probability, string text) =>
        Assert.Equal(text, WarmupText.Phase(new PhaseRecord(phase, probability)));
}
