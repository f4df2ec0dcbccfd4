using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;
using Rubato.Language;
using Rubato.Schedules;

namespace Rubato.Tests.Language;

public sealed partial class RateFormsTests
{
    public static TheoryData<string, AutoWarmupSettings, string> Readable => new()
    {
        { "autowarmup", AutoWarmupSettings.Default, "autowarmup" },
        { " autowarmup ( ) ", AutoWarmupSettings.Default, "autowarmup" },
        { "autowarmup(default)", AutoWarmupSettings.Default, "autowarmup" },
        { "autowarmup(paper)", AutoWarmupSettings.Paper, "autowarmup(paper)" },
        { "autowarmup(paper, patience 2)", AutoWarmupSettings.Paper with { Patience = 2 }, "autowarmup(paper, patience 2)" },
        {
            "autowarmup(patience 3,max-lr 10, min-lr 1e-4)",
            AutoWarmupSettings.Default with { MinLr = 1e-4, MaxLr = 10, Patience = 3 },
            "autowarmup(min-lr 0.0001, max-lr 10, patience 3)"
        },
        {
            "autowarmup(min-lr 1e-5, max-lr 1, max-warmup-fraction 0.5, patience 3, tests 5, confidence 0.95, warmup-type linear, test-every 1ep, min-losses 20)",
            AutoWarmupSettings.Default with { Patience = 3, Tests = 5, WarmupType = WarmupType.Linear, TestEvery = Duration.Epochs(1) },
            "autowarmup(warmup-type linear, patience 3, tests 5, test-every 1ep)"
        },
        {
            "autowarmup(evidence random-subsets, goes-back-without-minimum no, non-finite-patience never, seed -7)",
            AutoWarmupSettings.Default with { Evidence = WarmupEvidence.RandomSubsets, GoesBackWithoutMinimum = false, NonFinitePatience = null, Seed = -7 },
            "autowarmup(evidence random-subsets, goes-back-without-minimum no, non-finite-patience never, seed -7)"
        },
        {
            "autowarmup(paper, non-finite-patience 2, goes-back-without-minimum yes, test-every rest)",
            AutoWarmupSettings.Paper with { NonFinitePatience = 2, GoesBackWithoutMinimum = true, TestEvery = Duration.Rest },
            "autowarmup(paper, test-every rest, goes-back-without-minimum yes, non-finite-patience 2)"
        },
        {
            "autowarmup(cooldown constant-then-cosine)",
            AutoWarmupSettings.Default with { Cooldown = WarmupCooldowns.ConstantThenCosine },
            "autowarmup(cooldown constant-then-cosine)"
        },
        {
            "autowarmup then 1 then cosine(1 -> 0, 0.2dur)",
            AutoWarmupSettings.Default with { Cooldown = WarmupCooldowns.ConstantThenCosine },
            "autowarmup(cooldown constant-then-cosine)"
        },
        { "autowarmup(cooldown half-cosine)", AutoWarmupSettings.Default with { Cooldown = WarmupCooldowns.HalfCosine }, "autowarmup(cooldown half-cosine)" },
        { "autowarmup(paper) then cosine(1 -> 0)", AutoWarmupSettings.Paper, "autowarmup(paper)" },
        {
            "autowarmup(max-lr 10) then constant(1, 0.5dur) then cosine(1 -> 0)",
            AutoWarmupSettings.Default with { MaxLr = 10, Cooldown = new Constant(1, Duration.Share(0.5)).Then(new Cosine(1, 0)) },
            "autowarmup(max-lr 10) then constant(1, 0.5dur) then cosine(1 -> 0)"
        },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Parse_Text_TheSettingsAndTheCanonicalText(string text, AutoWarmupSettings settings, string canonical)
    {
        var choice = Rate.Parse(text, "controller");
        Assert.Equal(new AutoWarmupRate(settings), choice);
        Assert.Equal(canonical, choice.ToString());
        Assert.Equal(choice, Rate.Parse(canonical, "controller"));
    }

    [Fact]
    public void Parse_AnyChoicePrinted_Equal() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue).Select(Random)), choice =>
        {
            var text = choice.ToString();
            Assert.Equal(choice, Rate.Parse(text, "controller"));
            Assert.Equal(text, Rate.Parse(text, "controller").ToString());
        }));

    [Fact]
    public void Options_AllSettings_AreThereWithDashes() => Assert.Equal(
        typeof(AutoWarmupSettings).GetProperties().Where(property => property.SetMethod is { IsStatic: false })
            .Select(property => Capital().Replace(property.Name, "-$0").TrimStart('-').ToLowerInvariant()).Order(StringComparer.Ordinal),
        AutoWarmupForm.Options.Select(option => option.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("autowarmup(patience 0)", "column 21: expected a whole number of at least 1 after 'patience', but found '0'.")]
    [InlineData("autowarmup(min-lr -1)", "column 12: autowarmup: min-lr must be a finite number above 0.")]
    [InlineData("autowarmup(confidence 1.5)", "column 12: autowarmup: confidence must be above 0 and at most 1.")]
    [InlineData("autowarmup(max-lr 1e-6)", "column 1: autowarmup: max-lr is 1e-6, but must be above min-lr, 1e-5; raise it, or lower min-lr.")]
    [InlineData("autowarmup(test-every 3)", "column 23: '3' has no unit; write 3ep, 3ba, 3sp or 3dur.")]
    [InlineData("autowarmup(warmup-type cosine)", "column 24: expected exp or linear after 'warmup-type', but found 'cosine'.")]
    [InlineData("autowarmup(seed 0.5)", "column 17: expected a whole number after 'seed', but found '0.5'.")]
    [InlineData("autowarmup(non-finite-patience no)", "column 32: expected a whole number of at least 1, or never, after 'non-finite-patience', but found 'no'.")]
    [InlineData("autowarmup(patience 2, patience 3)", "column 24: the option 'patience' stands there twice; leave one out.")]
    [InlineData("autowarmup(patience 2, paper)", "column 24: the preset 'paper' must come first, and alone; write autowarmup(paper, ...).")]
    [InlineData("autowarmup(paper patience 2)", "column 18: expected ',' or ')', but found 'patience'.")]
    [InlineData("autowarmup(paper", "column 17: expected ',' or ')', but the text ends.")]
    [InlineData("autowarmup * 2", "column 12: expected 'then' or the end after 'autowarmup', but found '*'.")]
    [InlineData("autowarmup then", "column 16: expected a schedule, such as 0.1 or cosine(0.1 -> 0), but the text ends.")]
    [InlineData("autowarmup then cosin(1 -> 0)", "column 17: there is no schedule 'cosin'. Did you mean 'cosine'?")]
    [InlineData("0.1 then autowarmup", "column 10: autowarmup begins with its own warm-up; leave out what stands before it, '0.1'.")]
    [InlineData("warmup(autowarmup, 5ep)", "column 8: 'autowarmup' is a controller and no schedule; it stands by itself or is joined by 'then', as in autowarmup(max-lr 10) then cosine(1 -> 0).")]
    [InlineData("2 * autowarmup", "column 5: 'autowarmup' is a controller and no schedule; it stands by itself or is joined by 'then', as in autowarmup(max-lr 10) then cosine(1 -> 0).")]
    [InlineData("autowarmp(paper)", "column 1: there is no controller 'autowarmp'; write one of autowarmup, plateau, as in autowarmup(max-lr 10) then cosine(1 -> 0). Did you mean 'autowarmup'?")]
    [InlineData("autowarmup(cooldown half-cosine) then 1", "column 1: autowarmup: cooldown is half-cosine, but 'then' says the cooldown, too; leave one of them out.")]
    [InlineData("autowarmup(cooldown cosine) then 1", "column 1: autowarmup: cooldown is cosine, but 'then' says the cooldown, too; leave one of them out.")]
    public void Parse_Wrong_OneSentenceWithThePlace(string text, string sentence)
    {
        var found = Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "--lr")).Message.Split('\n');
        Assert.Equal($"--lr '{text}', {sentence}", Assert.Single(found));
    }

    [Fact]
    public void Parse_UnknownOption_NamesThemAll()
    {
        var sentence = Assert.Throws<InvalidInputException>(() => Rate.Parse("autowarmup(max_lr 1)", "controller")).Message;
        Assert.StartsWith(
            "controller 'autowarmup(max_lr 1)', column 12: autowarmup has no option 'max_lr'; its options are min-lr, max-lr, ", sentence, StringComparison.Ordinal);
        Assert.EndsWith(" Did you mean 'max-lr'?", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralValuesOutOfRange_AllFindings() =>
        Assert.Equal(4, Assert.Throws<InvalidInputException>(
            () => Rate.Parse("0.1 then autowarmup(min-lr 0, max-warmup-fraction 2, max-lr 1e-9)", "controller")).Findings.Count);

    [Theory]
    [InlineData("0.1", "PeakRate")]
    [InlineData(" usual ", "UsualRate")]
    [InlineData("auto", "RehearsedRate")]
    [InlineData("auto * cosine(1 -> 0)", "RehearsedRate")]
    [InlineData("polyak(2) * cosine(1 -> 0)", "PolyakRate")]
    [InlineData("one-cycle", "RangeTestedRate")]
    [InlineData("clr(triangular, cycles 3)", "RangeTestedRate")]
    [InlineData("one-cycle(0.1)", "ScheduledRate")]
    [InlineData("(0.1)", "ScheduledRate")]
    [InlineData("constant(0.1, 1ep) then plateau(0.1)", "PlateauRate")]
    public void Parse_Text_OneOfTheFamily(string text, string type) => Assert.Equal(type, Rate.Parse(text).GetType().Name);

    [Theory]
    [InlineData("cosin(0.1 -> 0)", "column 1: there is no schedule 'cosin'. Did you mean 'cosine'?")]
    [InlineData("", "column 1: expected a schedule, such as 0.1 or cosine(0.1 -> 0), but the text ends.")]
    [InlineData("auto cosine(1 -> 0)", "column 6: expected '*' and a schedule in shares of the rate found after 'auto', as in auto * cosine(1 -> 0), but found 'cosine'.")]
    [InlineData("auto *", "column 7: expected a schedule, such as 0.1 or cosine(0.1 -> 0), but the text ends.")]
    [InlineData("auto * linar(1 -> 0)", "column 8: there is no schedule 'linar'. Did you mean 'linear'?")]
    public void Parse_WrongSchedule_OneSentenceWithThePlace(string text, string sentence) =>
        Assert.Equal($"--lr '{text}', {sentence}", Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "--lr")).Message);

    [Fact]
    public void Parse_BeginningOfAScheduleNearAController_IsTakenForASchedule() => Assert.StartsWith(
        "--lr 'poly(0.1 -> 0)', column 1: there is no schedule 'poly'; the schedules are ",
        Assert.Throws<InvalidInputException>(() => Rate.Parse("poly(0.1 -> 0)", "--lr")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("-1")]
    public void Parse_NumberThatIsNoPeak_IsRefused(string text) => Assert.Equal(
        $"--lr is {text}; it must be a finite number above 0 or a schedule, for instance 0.1.",
        Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "--lr")).Message);

    [Fact]
    public void Over_Plan_TheControllerWithTheSettings()
    {
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Batches(100), LearningRate = 1, BatchSize = 1 });
        var choice = Rate.Parse("autowarmup(max-lr 2)", "controller");
        Assert.Equal(new AutoWarmup(plan, new AutoWarmupSettings { MaxLr = 2 }), choice.Over(plan));
        Assert.Equal(new Constant(1), choice.PlanRate(Duration.Rest, null));
    }

    private static AutoWarmupRate Random(int seed)
    {
        var random = new CounterRandom(seed, 3, 0);
        T Of<T>(T usual, T other) => random.NextInt(2) == 0 ? usual : other;
        Schedule[] cooldowns =
        [
            WarmupCooldowns.Cosine, WarmupCooldowns.ConstantThenCosine, WarmupCooldowns.HalfCosine, new Linear(1, 0.1),
            new Constant(1, Duration.Share(0.5)).Then(new Cosine(1, 0)), Schedule.Parse("0.5 * cosine(1 -> 0) + 0.1"),
        ];
        var preset = Of(AutoWarmupSettings.Default, AutoWarmupSettings.Paper);
        return new AutoWarmupRate(preset with
        {
            MinLr = Of(preset.MinLr, random.NextDouble() * 1e-3),
            MaxLr = Of(preset.MaxLr, 1e-3 + (10 * random.NextDouble())),
            MaxWarmupFraction = Of(preset.MaxWarmupFraction, 1 - random.NextDouble()),
            WarmupType = Of(preset.WarmupType, WarmupType.Linear),
            Patience = Of(preset.Patience, 1 + random.NextInt(8)),
            Tests = Of(preset.Tests, 1 + random.NextInt(8)),
            Confidence = Of(preset.Confidence, 1 - random.NextDouble()),
            TestEvery = Of(preset.TestEvery, Of(Duration.Rest, Duration.Of((1 + random.NextInt(50)) / 4.0, TimeUnit.Samples))),
            MinLosses = Of(preset.MinLosses, 1 + random.NextInt(98)),
            Evidence = Of(WarmupEvidence.AllLosses, WarmupEvidence.RandomSubsets),
            GoesBackWithoutMinimum = Of(true, false),
            NonFinitePatience = Of<int?>(null, 1 + random.NextInt(8)),
            Seed = Of(0L, (long)random.NextInt(9) * -1_000_000_007),
            Cooldown = cooldowns[random.NextInt(cooldowns.Length)],
        });
    }

    [GeneratedRegex("[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();
}
