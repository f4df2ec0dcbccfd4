using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class StagedTests
{
    // Smith 2015, arXiv 1506.01186, Table 2: each stage is a Caffe run of its own, up to the given iteration.
    private static readonly Staged Table2 = new(
    [
        new Stage(Duration.Batches(16_000), new Triangular2(0.001, 0.005, Duration.Batches(2000))),
        new Stage(Duration.Batches(6000), new Triangular2(0.0001, 0.0005, Duration.Batches(1000))),
        new Stage(Duration.Batches(3000), new Triangular2(0.00001, 0.00005, Duration.Batches(500))),
    ]);

    [Fact]
    public void At_TwoStages_EachFromItsOwnStart() =>
        Expect.Values(
            Of(Stage(5, new Linear(10, 0, Duration.Epochs(10))), Stage(4, new Step(8, 0.5, Duration.Epochs(2)))),
            (0, 10), (4, 6), (Expect.Before(5), 5), (5, 8), (7, 4), (9, 2), (10, 2));

    [Fact]
    public void At_OneStage_EndsWithIt() => Expect.Values(Of(Stage(5, new Linear(10, 0, Duration.Epochs(10)))), (0, 10), (5, 5), (6, 5));

    [Fact]
    public void At_LastStageTheRest_FillsTheBudget() =>
        Expect.Values(
            Of(Stage(5, 3), new Stage(Duration.Rest, new Linear(10, 0))).Over(Duration.Epochs(15)), (0, 3), (Expect.Before(5), 3), (5, 10), (10, 5), (15, 0));

    // Cycles of 4 with peaks 9, 5 and 3 above a base of 1; then cycles of 2, of a tenth of that, whose peaks begin with the whole amplitude again.
    [Fact]
    public void At_StagesOfTriangular2_EachStartsThePolicyAnew() =>
        Expect.Values(
            Of(Stage(12, new Triangular2(1, 9, Duration.Epochs(2))), Stage(4, new Triangular2(0.1, 0.9, Duration.Epochs(1)))),
            (0, 1), (2, 9), (4, 1), (6, 5), (8, 1), (10, 3), (Expect.Before(12), 1), (12, 0.1), (13, 0.9), (14, 0.1), (15, 0.5), (16, 0.1), (17, 0.1));

    [Fact]
    public void At_ThePapersTable2_TenCyclesStepByStep()
    {
        var values = Table2Values();
        var peaks = Enumerable.Range(1, 24_999).Where(n => values[n] > values[n - 1] && values[n] > values[n + 1]).ToArray();
        Assert.Equal(
            [2000, 6000, 10_000, 14_000, 17_000, 19_000, 21_000, 22_500, 23_500, 24_500], peaks);
        Assert.Equal([0.005, 0.003, 0.002, 0.0015], peaks[..4].Select(peak => values[peak]), Close);
        Assert.Equal([0.0005, 0.0003, 0.0002], peaks[4..7].Select(peak => values[peak]), Close);
        Assert.Equal([0.00005, 0.00003, 0.00002], peaks[7..].Select(peak => values[peak]), Close);

        static bool Close(double a, double b) => Math.Abs(a - b) < 1e-15;
    }

    [Fact]
    public void At_EachStagesEnd_ItsMinimum()
    {
        var values = Table2Values();
        Expect.Values(Table2, (Expect.Before(16_000), 0.001), (16_000, 0.0001), (Expect.Before(22_000), 0.0001), (22_000, 0.00001), (25_000, 0.00001));
        Assert.All(values[..16_000], value => Assert.InRange(value, 0.001, 0.005));
        Assert.All(values[16_000..22_000], value => Assert.InRange(value, 0.0001, 0.0005));
        Assert.All(values[22_000..], value => Assert.InRange(value, 0.00001, 0.00005));
        Assert.Equal(25_000, Table2.End);
    }

    [Fact]
    public void Constructor_BadStages_Refused()
    {
        Expect.Refusal("stages", "stages must hold at least one stage.", () => new Staged([]));
        Expect.Refusal("stages", "stages must hold at least one stage.", () => new Staged(default));
        Expect.Refusal(
            "parts",
            "'over(1)' and 'over(2)' both take the rest of the budget; give one of them a length, such as 10ep.",
            () => Of(new Stage(Duration.Rest, 1), new Stage(Duration.Rest, 2)));
    }

    [Fact]
    public void Equals_OtherStages_Differs()
    {
        Expect.Equality(() => Of(Stage(1, 2), Stage(3, 4)), Of(Stage(1, 2)), Of(Stage(1, 2), Stage(3, 5)), Of(Stage(1, 2), Stage(4, 4)));
        Assert.IsType<Over>(Of(Stage(1, 2)).Expansion);
        Assert.IsType<Sequence>(Of(Stage(1, 2), Stage(3, 4)).Expansion);
    }

    private static double[] Table2Values()
    {
        var values = new double[25_001];
        Table2.Fill(0, 1, values);
        return values;
    }

    private static Stage Stage(double epochs, Schedule policy) => new(Duration.Epochs(epochs), policy);

    private static Staged Of(params Stage[] stages) => new([.. stages]);
}
