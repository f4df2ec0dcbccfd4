using System.Globalization;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

/// <summary>
/// What equal noise scales promise, on a quadratic whose fluctuation is known: a plan and its rewrite (in the exact form) fluctuate alike within 2 %, for rates 0.001
/// to 0.02, momenta 0 to 0.95 and batches of 20 to 800 of 2000 samples. Beyond, the rate's own steps show: by <c>lr / (2 (1 + m))</c>.
/// </summary>
public sealed class NoiseDynamicsTests(ITestOutputHelper output)
{
    private const double Bound = 0.02;
    private static readonly double[] Rates = [0.001, 0.002, 0.004, 0.005, 0.01, 0.02];
    private static readonly double[] Momenta = [0, 0.5, 0.9, 0.95];
    private static readonly long[] Sizes = [20, 40, 100, 200, 400, 800];
    private static readonly double[] Gammas = [0.5, 0.2];

    private static readonly string[] Rewrites =
    [
        "grow-batch(max 800, form exact)", "scale-batch(0.5, max 800, form exact)", "scale-batch(2, max 800, form exact)", "scale-batch(4, max 800, form exact)",
        "raise-momentum(0.5, max 800, form exact)", "raise-momentum(0.9, max 800, form exact)", "raise-momentum(0.95, max 800, form exact)",
    ];

    // So many times the coordinates of an ordinary run.
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("RUBATO_DYNAMICS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 1;

    /// <summary>Corners of the range; all of it where RUBATO_DYNAMICS is above 1, which takes long: with 4, below which 2 % are too few standard errors, half an hour.</summary>
    public static TheoryData<double, double, double, long, string> Simulated =>
        Factor == 1
            ? new()
            {
                { 0.02, 0.2, 0, 20, Rewrites[0] },
                { 0.005, 0.2, 0.9, 100, Rewrites[0] },
                { 0.02, 0.2, 0.95, 20, Rewrites[0] },
                { 0.004, 0.5, 0, 20, Rewrites[3] },
                { 0.002, 0.5, 0.95, 200, Rewrites[3] },
                { 0.02, 0.5, 0, 20, Rewrites[6] },
                { 0.002, 0.5, 0.5, 100, Rewrites[5] },
                { 0.01, 0.5, 0.9, 400, Rewrites[6] },
            }
            : [.. Grid().Select(plan => (plan.Rate, plan.Gamma, plan.Momentum, plan.Size, plan.Rewrite))];

    [Fact]
    public void StationaryVariance_WholeRange_OfPlanAndRewriteWithinTwoPercent()
    {
        var (compared, beyond, worst) = (0, 0, 0.0);
        foreach (var (rate, gamma, momentum, size, rewrite) in Grid())
        {
            foreach (var (planned, rewritten) in Updates(rate, gamma, momentum, size, rewrite))
            {
                var ratio = NoisyQuadratic.StationaryVariance(rewritten) / NoisyQuadratic.StationaryVariance(planned);
                Assert.Equal(NoisyQuadratic.StepFactor(rewritten) / NoisyQuadratic.StepFactor(planned), ratio, 1e-9);
                if (!IsInRange(planned) || !IsInRange(rewritten))
                {
                    beyond++;
                    continue;
                }

                compared++;
                worst = Math.Max(worst, Math.Abs(ratio - 1));
            }
        }

        output.WriteLine($"{compared} pairs of updates in the range, at most {worst:P3} apart; {beyond} with a rate, momentum or batch beyond it");
        Assert.InRange(compared, 500, int.MaxValue);
        Assert.InRange(worst, 0.001, Bound);
    }

    [Theory]
    [MemberData(nameof(Simulated))]
    public void StationaryVariance_Simulated_OfPlanAndRewriteWithinTwoPercent(double rate, double gamma, double momentum, long size, string rewrite)
    {
        foreach (var (index, (planned, rewritten)) in Updates(rate, gamma, momentum, size, rewrite).Index())
        {
            if (!IsInRange(planned) || !IsInRange(rewritten) || planned == rewritten)
            {
                continue;
            }

            var (before, beforeError) = NoisyQuadratic.Simulate(planned, Factor, 2 * index);
            var (after, afterError) = NoisyQuadratic.Simulate(rewritten, Factor, (2 * index) + 1);
            var ratio = after / before;
            var error = ratio * Math.Sqrt(Math.Pow(beforeError / before, 2) + Math.Pow(afterError / after, 2));
            output.WriteLine($"{planned} -> {rewritten}: {ratio:F4} +- {error:F4}");
            Assert.InRange(error, 0, Bound / 2.5);
            Assert.InRange(ratio, 1 - Bound, 1 + Bound);
            Assert.InRange(before / NoisyQuadratic.StationaryVariance(planned), 1 - (5 * beforeError / before), 1 + (5 * beforeError / before));
            Assert.InRange(after / NoisyQuadratic.StationaryVariance(rewritten), 1 - (5 * afterError / after), 1 + (5 * afterError / after));
        }
    }

    // lr = 0.104 without momentum: 1 / (1 - 0.052) against 1 / (1 - 0.01).
    [Fact]
    public void StationaryVariance_RateBeyondTheRange_ApartByTheStepsOfTheRate()
    {
        var (planned, rewritten) = Updates(0.02, 1, 0, 20, "scale-batch(5, form exact)")[0];
        Assert.InRange(rewritten.LearningRate, 0.104, 0.105);
        Assert.InRange(NoisyQuadratic.StationaryVariance(rewritten) / NoisyQuadratic.StationaryVariance(planned), 1.044, 1.045);
    }

    [Theory]
    [InlineData(0.02, 0, 20)]
    [InlineData(0.5, 0, 100)]
    [InlineData(0.02, 0.95, 800)]
    [InlineData(1.5, 0.9, 400)]
    public void StationaryVariance_OfTheMoments_IsTheKnownFormula(double rate, double momentum, long size) => Assert.Equal(
        NoisyQuadratic.NoiseVariance(size) * rate * (1 + momentum) / ((1 - momentum) * ((2 * (1 + momentum)) - rate)),
        NoisyQuadratic.StationaryVariance(new HyperParameters(rate, size, momentum, 0)),
        1e-12);

    // The noise that the simulation draws is that of batches without replacement.
    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(800)]
    public void NoiseVariance_BatchesDrawnWithoutReplacement_IsTheirs(int size)
    {
        const int Draws = 3000;
        const int Dimensions = 32;
        var random = new CounterRandom(11, size, 0);
        var centres = Centres(ref random, Dimensions);
        var order = Enumerable.Range(0, NoisyQuadratic.Samples).ToArray();
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var mean = new double[Dimensions];
            for (var i = 0; i < size; i++)
            {
                var other = i + random.NextInt(order.Length - i);
                (order[i], order[other]) = (order[other], order[i]);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(centres[order[i]], 1.0 / size, mean, mean);
            }

            sum += System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(mean);
        }

        // The standard error is sqrt(2 / 96000), half a percent.
        Assert.InRange(sum / (Draws * Dimensions) / NoisyQuadratic.NoiseVariance(size), 0.98, 1.02);
    }

    private static double[][] Centres(ref CounterRandom random, int dimensions)
    {
        var centres = new double[NoisyQuadratic.Samples][];
        for (var i = 0; i < centres.Length; i++)
        {
            centres[i] = new double[dimensions];
            for (var k = 0; k < dimensions; k++)
            {
                centres[i][k] = random.NextNormal();
            }
        }

        for (var k = 0; k < dimensions; k++)
        {
            var mean = centres.Average(centre => centre[k]);
            var scale = 1 / Math.Sqrt(centres.Average(centre => (centre[k] - mean) * (centre[k] - mean)));
            Array.ForEach(centres, centre => centre[k] = (centre[k] - mean) * scale);
        }

        return centres;
    }

    private static IEnumerable<(double Rate, double Gamma, double Momentum, long Size, string Rewrite)> Grid() =>
        from rate in Rates
        from gamma in Gammas
        from momentum in Momenta
        from size in Sizes
        from rewrite in Rewrites
        where Updates(rate, gamma, momentum, size, rewrite).Count > 0
        select (rate, gamma, momentum, size, rewrite);

    /// <summary>What the plan and its rewrite make updates with before the decay of the rate and after it; none where the plan leaves no room.</summary>
    private static List<(HyperParameters Planned, HyperParameters Rewritten)> Updates(double rate, double gamma, double momentum, long size, string rewrite)
    {
        var rates = gamma < 1 ? $"multi-step({rate}, gamma {gamma}, at 10ep)" : $"{rate}";
        var plan = RewriteExamples.Plan(rates, $"{size}", $"{momentum}", "20ep", NoisyQuadratic.Samples);
        try
        {
            var rewritten = PlanRewrite.Parse(rewrite).Apply(plan);
            return [.. new[] { 4000L, 30_000 }.Select(position => (plan.At(position), rewritten.At(position)))];
        }
        catch (InvalidInputException)
        {
            return [];
        }
    }

    private static bool IsInRange(in HyperParameters update) =>
        update is { LearningRate: >= 0.001 and <= 0.02, Momentum: <= 0.95, BatchSize: >= 20 and <= 800 };
}
