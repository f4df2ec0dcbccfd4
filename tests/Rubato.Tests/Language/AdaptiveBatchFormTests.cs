using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;
using Rubato.Tests.Control;

namespace Rubato.Tests.Language;

public sealed class AdaptiveBatchFormTests
{
    [Fact]
    public void Parse_OnlyTheFirstBatch_Defaults()
    {
        var choice = Parse(" adaptive ( 128 ) ");
        Assert.Equal(new GrowingBatch(128), choice);
        Assert.Equal(("128", "adaptive(128)"), (choice.PlanBatch.ToString(), choice.ToString()));
    }

    [Fact]
    public void Parse_Options_InAnyOrder()
    {
        var choice = Parse("adaptive(128, decay 0.9, measurements 30, multiple 32, share 0.5, rate linear, ratio 1.5, max 4096)");
        Assert.Equal(
            new AdaptiveBatchSettings { MaxBatch = 4096, Ratio = 1.5, Rate = BatchRateRule.Linear, Share = 0.5, Multiple = 32, Measurements = 30, Decay = 0.9 },
            choice.Settings);
        Assert.Equal("adaptive(128, max 4096, ratio 1.5, rate linear, share 0.5, multiple 32, measurements 30, decay 0.9)", choice.ToString());
    }

    [Fact]
    public void Parse_Printed_Equal() => Check.QuickThrowOnFailure(Prop.ForAll(
        Choices().ToArbitrary(), choice => Parse(choice.ToString()) == choice));

    [Theory]
    [InlineData("adaptive", "column 9: expected the batch to begin with in parentheses, as in adaptive(128, max 4096), but the text ends.")]
    [InlineData("adaptive(max 4096)", "column 10: expected the batch to begin with in parentheses, as in adaptive(128, max 4096), but found 'max'.")]
    [InlineData("adaptive(1.5)", "column 1: adaptive: the batch to begin with is 1.5; it must be a whole number of at least 1 and at most 2147483647, as in adaptive(128, max 4096).")]
    [InlineData("adaptive(0)", "column 1: adaptive: the batch to begin with is 0; it must be a whole number")]
    [InlineData("adaptive(3e9)", "column 1: adaptive: the batch to begin with is 3000000000; it must be a whole number")]
    [InlineData("adaptive(128, maximum 3)", "column 15: adaptive has no option 'maximum'; its options are max, ratio, rate, share, multiple, measurements, decay.")]
    [InlineData("adaptive(128, max 0.5)", "column 19: expected a whole number of at least 1 after 'max', but found '0.5'.")]
    [InlineData("adaptive(128, ratio 1)", "column 15: adaptive: ratio must be a finite number above 1.")]
    [InlineData("adaptive(128, rate cubic)", "column 20: expected constant, linear or square-root after 'rate', but found 'cubic'.")]
    [InlineData("adaptive(128, share -1)", "column 15: adaptive: share must be a finite number above 0.")]
    [InlineData("adaptive(128, measurements 4)", "column 15: adaptive: measurements must be at least 5.")]
    [InlineData("adaptive(128, decay 1)", "column 15: adaptive: decay must be at least 0 and below 1.")]
    [InlineData("adaptive(128, max 9, max 9)", "column 22: the option 'max' stands there twice; leave one out.")]
    [InlineData("adaptive(128) then 256", "column 15: expected the end after 'adaptive', but found 'then'.")]
    [InlineData("64 then adaptive(128)", "column 9: 'adaptive' is a controller and no schedule; it stands by itself, as in adaptive(128, max 4096).")]
    [InlineData("adaptiv(128)", "column 1: expected adaptive, as in adaptive(128, max 4096), but found 'adaptiv'. Did you mean 'adaptive'?")]
    public void Parse_Wrong_OneSentenceWithThePlace(string text, string sentence)
    {
        Assert.StartsWith($"--batch '{text}', {sentence}", Assert.Throws<InvalidInputException>(() => Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralWrong_AllFindings() =>
        Assert.Equal(3, Assert.Throws<InvalidInputException>(() => Parse("adaptive(0.5, ratio 1, decay 2)")).Findings.Count);

    [Fact]
    public void Over_ControllerAndPlan_GoesAroundIt()
    {
        var choice = Parse("adaptive(10, max 50)");
        var plan = new TrainingPlan(BatchRun.Plan with { BatchSize = choice.PlanBatch });
        var inner = new ReduceOnPlateau(plan);
        Assert.Equal(new AdaptiveBatch(inner, choice.Settings), choice.Around(inner));
    }

    [Fact]
    public void Constructor_FirstBatchBelowOne_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new GrowingBatch(0));

    private static GrowingBatch Parse(string text) => (GrowingBatch)Batch.Parse(text, "--batch");

    private static Gen<GrowingBatch> Choices() =>
        from first in Gen.Choose(1, int.MaxValue)
        from max in Gen.Elements<long?>(null, 1, 4096, long.MaxValue)
        from ratio in Gen.Elements(2, 1.0000000000000002, 1.1, 1e300)
        from rate in Gen.Elements(BatchRateRule.Constant, BatchRateRule.Linear, BatchRateRule.SquareRoot)
        from share in Gen.Elements(1, 1.0 / 3, double.Epsilon, Math.Pow(2, -25))
        from multiple in Gen.Elements<long?>(null, 1, 32, long.MaxValue)
        from measurements in Gen.Elements(20, 5, int.MaxValue)
        from decay in Gen.Elements(0.99, 0, Math.BitDecrement(1))
        select new GrowingBatch(first, new AdaptiveBatchSettings
        {
            MaxBatch = max,
            Ratio = ratio,
            Rate = rate,
            Share = share,
            Multiple = multiple,
            Measurements = measurements,
            Decay = decay,
        });
}
