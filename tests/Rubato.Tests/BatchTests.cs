using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;
using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed class BatchTests
{
    private static readonly Gen<Batch> Any = Gen.OneOf(
        ScheduleGenerator.Resolved.Generator.Where(schedule => !$"{schedule}".Contains("parabola", StringComparison.Ordinal) && !$"{schedule}".Contains("wave-2", StringComparison.Ordinal)).Select(Batch.FromSchedule),
        Gen.Choose(1, int.MaxValue).Select(samples => (Batch)(long)samples),
        from first in Gen.Choose(1, 10_000)
        from max in Gen.Choose(1, 10_000)
        from hasMax in Gen.Elements(true, false)
        select Batch.Adaptive(first, hasMax ? max : null));

    public static TheoryData<string, Batch, string> Texts => new()
    {
        { " 128 ", 128, "128" },
        { "constant(128)", 128, "128" },
        { "multi-step(128,gamma 2, at 3ep)", Schedule.Parse("multi-step(128, gamma 2, at 3ep)"), "multi-step(128, gamma 2, at 3ep)" },
        { "adaptive( 64 )", Batch.Adaptive(64), "adaptive(64)" },
        { "adaptive(64,max 4096)", Batch.Adaptive(64, 4096), "adaptive(64, max 4096)" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_AnyOfTheFamily_ItsValueAndCanonicalText(string text, Batch expected, string canonical)
    {
        var batch = Batch.Parse(text);
        Assert.Equal(expected, batch);
        Assert.Equal(canonical, batch.ToString());
    }

    [Fact]
    public void Parse_PrintedBatch_Equal() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Any.ToArbitrary(), batch => Batch.Parse(batch.ToString()) == batch));

    [Theory]
    [InlineData("adaptve(128)", "THE BATCH 'adaptve(128)', column 1: ")]
    [InlineData("cosin(1 -> 0)", "THE BATCH 'cosin(1 -> 0)', column 1: ")]
    public void Parse_Wrong_TheSubjectIsNamedByWhoeverReads(string text, string start) =>
        Assert.StartsWith(start, Assert.Throws<InvalidInputException>(() => Batch.Parse(text, "THE BATCH")).Message, StringComparison.Ordinal);

    [Fact]
    public void Adaptive_SizeBelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>("first", () => Batch.Adaptive(0));

    [Theory]
    [InlineData("adaptive(10)", 4L, 4L)]
    [InlineData("adaptive(10, multiple 5)", 4L, 5L)]
    [InlineData("adaptive(10)", null, null)]
    public void Around_Adaptive_ItsOwnMultipleBeforeTheOneGiven(string text, long? given, long? expected)
    {
        var (batch, plan) = (Batch.Parse(text), Plan);
        var inner = new PlanController(plan);
        var adaptive = Assert.IsType<AdaptiveBatch>(batch.Around(inner, given));
        Assert.Equal(expected, adaptive.Settings.Multiple);
        Assert.Same(inner, adaptive.Inner);
    }

    [Fact]
    public void Around_Schedule_TheInnerControllerItself()
    {
        var inner = new PlanController(Plan);
        Assert.Same(inner, ((Batch)10).Around(inner));
    }

    private static TrainingPlan Plan => new(new PlanSettings { Length = Duration.Epochs(5), SamplesPerEpoch = 1000, LearningRate = 0.1, BatchSize = 10 });
}
