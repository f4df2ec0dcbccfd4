using Rubato.Rewrites;
using Rubato.Runs.Charts;
using Rubato.Schedules;

namespace Rubato.Runs.Tests.Charts;

public sealed class PlanSurveyTests
{
    [Fact]
    public void Of_ShortPlan_EveryUpdateAndTheEnd()
    {
        var survey = SamplePlans.Hundred(new Linear(1, 0)).Surveyed();

        Assert.Equal(100, survey.Updates);
        Assert.Equal(1000, survey.Samples);
        Assert.False(survey.IsSampled);
        Assert.Equal(10, survey.UpdatesPerEpoch);
        var rate = survey[PlanQuantity.LearningRate];
        Assert.True(rate.IsComplete);
        Assert.Equal(101, rate.Points.Length);
        Assert.Equal(new CurvePoint(0, 0, 1), rate.Points[0]);
        Assert.Equal(new CurvePoint(500, 50, 0.5), rate.Points[50]);
        Assert.Equal(new CurvePoint(1000, 100, 0.01), rate.Points[100] with { Value = Math.Round(rate.Final, 12) });
    }

    [Fact]
    public void Of_ValuesThatComeBack_FirstPlaceOfEach()
    {
        var survey = SamplePlans.Hundred(new MultiStep(1, 2, [Duration.Epochs(3)]) * new MultiStep(1, 0.25, [Duration.Epochs(6)])).Surveyed();

        Assert.Equal(new PlanExtreme(2, 31, 310), survey[PlanQuantity.LearningRate].Highest);
        Assert.Equal(new PlanExtreme(0.5, 61, 610), survey[PlanQuantity.LearningRate].Lowest);
        Assert.Equal(new PlanExtreme(10, 1, 10), survey[PlanQuantity.BatchSize].Highest);
        Assert.True(survey[PlanQuantity.BatchSize].IsConstant);
        Assert.Equal(0.9, survey[PlanQuantity.Momentum].Final);
        Assert.Equal(0, survey[PlanQuantity.WeightDecay].Final);
    }

    [Fact]
    public void Of_MorePointsThanADrawingNeeds_ThinnedWithEveryPeak()
    {
        var restarts = new WarmRestarts(1, 0, Duration.Epochs(1));
        var survey = (SamplePlans.Hundred(restarts) with { SamplesPerEpoch = 100_000, Length = Duration.Epochs(7) }).Surveyed();

        var rate = survey[PlanQuantity.LearningRate];
        Assert.False(rate.IsComplete);
        Assert.InRange(rate.Points.Length, 1000, 5000);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], rate.Points.Where(point => point.Value == 1).Select(point => point.Samples / 100_000));
    }

    [Fact]
    public void Of_MoreUpdatesThanAreGoneThrough_SampledAndStillCounted()
    {
        var settings = SamplePlans.Hundred(new Linear(1, 0)) with { BatchSize = 1, Length = Duration.Samples(PlanSurvey.MostUpdates + 1) };

        var survey = settings.Surveyed();

        Assert.True(survey.IsSampled);
        Assert.Null(survey.Samples);
        Assert.Equal(2_000_001, survey.Updates);
        Assert.Equal(new PlanExtreme(1, null, 0), survey[PlanQuantity.LearningRate].Highest);
        Assert.InRange(survey[PlanQuantity.LearningRate].Lowest.Value, 0, 1e-5);
    }

    [Fact]
    public void Of_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(
            () => PlanSurvey.Of((SamplePlans.Hundred(1) with { BatchSize = 1, Length = Duration.Samples(5_000) }).Built(), source.Token));
    }

    [Fact]
    public void Of_BatchesCutAtEpochs_LeftOutOfTheCurve()
    {
        var survey = (SamplePlans.Hundred(1) with { BatchSize = 30, Tail = EpochTail.Cut }).Surveyed();

        Assert.Equal(40, survey.Updates);
        Assert.Equal(1000, survey.Samples);
        Assert.True(survey[PlanQuantity.BatchSize].IsConstant);
        Assert.Equal(4, survey.UpdatesPerEpoch);
    }

    [Fact]
    public void Of_BatchesThatRunOn_FractionOfUpdatesAnEpoch() =>
        Assert.Equal(2.5, (SamplePlans.Hundred(1) with { BatchSize = 40 }).Surveyed().UpdatesPerEpoch);

    [Fact]
    public void UpdatesPerEpoch_EpochsThatDifferOrAreNotKnown_None()
    {
        var growing = SamplePlans.Hundred(1) with { BatchSize = new MultiStep(10, 2, [Duration.Epochs(5)]) };
        var sizeless = SamplePlans.Hundred(1) with { SamplesPerEpoch = null, Length = Duration.Batches(7) };

        Assert.Null(growing.Surveyed().UpdatesPerEpoch);
        Assert.Null(sizeless.Surveyed().UpdatesPerEpoch);
    }

    [Theory]
    [InlineData(NoiseForm.SmallBatch, PlanQuantity.SmallBatchNoise, 100, 50)]
    [InlineData(NoiseForm.Exact, PlanQuantity.ExactNoise, 90, 40)]
    public void Of_NoiseScale_ItsCurve(NoiseForm form, PlanQuantity quantity, double first, double last)
    {
        var survey = (SamplePlans.Hundred(1) with { BatchSize = new MultiStep(10, 2, [Duration.Epochs(5)]), Groups = [new GroupSettings("head", 2)] }).Surveyed(form);

        var noise = survey.Noise!;
        Assert.Same(survey[quantity], noise);
        Assert.Equal([first, last], noise.Points.Select(point => Math.Round(point.Value, 9)).Distinct());
        Assert.Equal(500, noise.Points.First(point => Math.Round(point.Value, 9) == last).Samples);
        Assert.Equal("head", survey.Curves[^1].Group);
    }

    [Fact]
    public void Of_NoiseScaleNotAskedFor_None()
    {
        var survey = SamplePlans.Hundred(1).Surveyed();

        Assert.Null(survey.Noise);
        Assert.Throws<ArgumentOutOfRangeException>(() => survey[PlanQuantity.ExactNoise]);
    }

    [Fact]
    public void Of_NoiseScaleOfCutBatches_LeftOut()
    {
        var survey = (SamplePlans.Hundred(1) with { BatchSize = 30, Tail = EpochTail.Cut }).Surveyed(NoiseForm.SmallBatch);

        Assert.True(survey.Noise!.IsConstant);
        Assert.Equal(100 / 3.0, survey.Noise.Final, 9);
    }

    [Fact]
    public void Of_NoiseScaleOfASampledPlan_ItsCurve()
    {
        var settings = SamplePlans.Hundred(new Linear(1, 0)) with { BatchSize = 1, Length = Duration.Samples(PlanSurvey.MostUpdates + 1) };

        Assert.Equal(1000, settings.Surveyed(NoiseForm.SmallBatch).Noise!.Highest.Value, 9);
    }

    [Fact]
    public void Of_NoiseScaleWithoutDataSize_OneSentence() => Assert.Equal(
        "SamplesPerEpoch is missing, but the noise scale depends on it; give it.",
        Assert.Throws<InvalidInputException>(() => (SamplePlans.Hundred(1) with { SamplesPerEpoch = null, Length = Duration.Batches(7) }).Surveyed(NoiseForm.Exact)).Message);

    [Fact]
    public void Of_Groups_ACurveForEachScheduleOfTheirOwn()
    {
        var settings = SamplePlans.Hundred(1) with { Groups = [new GroupSettings("head", new Linear(2, 0)), new GroupSettings("norm", WeightDecay: 0.5)] };

        var curves = settings.Surveyed().Curves;

        Assert.Equal(
            [(PlanQuantity.LearningRate, "head", 2), (PlanQuantity.WeightDecay, "norm", 0.5)],
            curves.Skip(4).Select(curve => (curve.Quantity, curve.Group!, curve.Highest.Value)));
    }
}
