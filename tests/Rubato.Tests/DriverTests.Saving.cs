using System.Text.Json.Nodes;
using Rubato.Control;
using Rubato.Plans;
using Rubato.Tests.Control;

namespace Rubato.Tests;

/// <summary>What a driver saves, and how it goes on.</summary>
public sealed partial class DriverTests
{
    private const string Text = """{"version":3,"updates":1,"samples":10,"plan":"PLAN","settings":SETTINGS,"controller":{"kind":"none"}}""";

    private static readonly TrainingPlan Warming = new(new PlanSettings
    {
        Length = Duration.Epochs(12),
        SamplesPerEpoch = 120,
        LearningRate = 1,
        BatchSize = 10,
        Groups = [new GroupSettings("head", LearningRate: 0.25)],
    });

    public static TheoryData<string> Controllers => [.. Named().Keys];

    [Theory]
    [MemberData(nameof(Controllers))]
    public void Restore_AfterEveryUpdate_DecidesTheSameBitForBit(string name)
    {
        var (whole, broken) = (new Driver(Named()[name]), new Driver(Named()[name]));
        for (var turn = 0; whole.TryNext(out var values); turn++)
        {
            var saved = broken.Save();
            broken = new Driver(Named()[name]);
            broken.Restore(saved);
            Assert.Equal(saved, broken.Save());
            Assert.Equal(whole.State, broken.State);
            Assert.True(broken.TryNext(out var again));
            Assert.Equal((values, whole.NextOf("head")), (again, broken.NextOf("head")));
            Assert.Equal(Report(whole, turn), Report(broken, turn));
            Assert.Equal(whole.Events.AsEnumerable(), broken.Events);
            Assert.Equal(whole.Progress, broken.Progress);
        }

        Assert.False(broken.TryNext(out _));
    }

    [Fact]
    public void Restore_AfterEveryUpdate_SawEachKindOfEvent()
    {
        var seen = new HashSet<Type>();
        foreach (var controller in Named().Values)
        {
            var driver = new Driver(controller);
            for (var turn = 0; driver.TryNext(out _); turn++)
            {
                _ = driver.NextOf("head");
                Report(driver, turn);
                seen.UnionWith(driver.Events.Select(found => found.GetType()));
            }
        }

        Assert.Subset(seen, new HashSet<Type> { typeof(WarmupPhase), typeof(WarmupEnded), typeof(RateReduced), typeof(BatchGrew), typeof(RolledBack) });
    }

    [Fact]
    public void Save_PlanAtItsStart_IsWritten()
    {
        var driver = new Driver(Plan);
        _ = driver.Next;
        driver.Report(1);

        var settings = JsonNode.Parse(driver.Save())!["settings"]!.ToJsonString();
        Assert.Equal(Plan.Settings, PlanJson.Read(settings));
        Assert.Equal(
            Text.Replace("PLAN", PlanFingerprint.Of(Plan.Settings), StringComparison.Ordinal)
                .Replace("SETTINGS", settings, StringComparison.Ordinal),
            driver.Save());
    }

    [Theory]
    [InlineData("", "the saved run cannot be read at $")]
    [InlineData("null", "the saved run cannot be read at $")]
    [InlineData("[]", "the saved run cannot be read at $")]
    [InlineData("""{"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"none"}}""", "the saved run cannot be read at $")]
    [InlineData("""{"version":1,"updates":1,"samples":10,"plan":""}""", "the saved run is of version 1, but this library reads version 3.")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":""}""", "the saved run cannot be read at $")]
    [InlineData("""{"version":3,"updates":1.5,"samples":10,"plan":"","settings":null,"controller":{"kind":"none"}}""", "the saved run cannot be read at $.updates")]
    [InlineData("""{"version":3,"updates":1,"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"none"}}""", "the saved run cannot be read at $")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"none"},"rate":1}""", "the saved run cannot be read at $.rate")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"none","rate":1}}""", "the saved run cannot be read at $.controller.rate")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"other"}}""", "the saved run cannot be read at $.controller")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":{}}""", "the saved run cannot be read at $")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":null}""", "the saved run cannot be read at $.controller")]
    [InlineData("""{"version":3,"updates":-1,"samples":10,"plan":"","settings":null,"controller":{"kind":"none"}}""", "the saved run has -1 updates; it must have at least 0.")]
    [InlineData("""{"version":3,"updates":3,"samples":2,"plan":"","settings":null,"controller":{"kind":"none"}}""", "the saved run has 3 updates and 2 samples")]
    [InlineData("""{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"none"}}""", "the saved run belongs to another plan () than this one (")]
    [InlineData(
        """{"version":3,"updates":1,"samples":10,"plan":"","settings":null,"controller":{"kind":"autowarmup","losses":[]}}""",
        "the saved run has the memory AutoWarmupState, but this controller needs EmptyState")]
    public void Restore_Wrong_OneSentenceAndNothingChanges(string json, string start)
    {
        var driver = new Driver(Plan);
        _ = driver.Next;
        driver.Report(1);
        var before = driver.Save();

        Assert.StartsWith(start, Assert.Throws<InvalidInputException>(() => driver.Restore(json)).Message, StringComparison.Ordinal);
        Assert.Equal(before, driver.Save());
    }

    [Theory]
    [MemberData(nameof(Controllers))]
    public void Restore_DamagedAnywhere_OneSentenceOrAUsableState(string name)
    {
        var driver = new Driver(Named()[name]);
        for (var turn = 0; turn < 30; turn++)
        {
            _ = driver.NextOf("head");
            Report(driver, turn);
        }

        var (text, other) = (driver.Save(), new Driver(Named()[name]));
        for (var place = 0; place < text.Length; place++)
        {
            foreach (var damage in (string[])["", "}", "\"", "-", "\ud800", "9"])
            {
                try
                {
                    other.Restore(text[..place] + damage + text[(place + 1)..]);
                    _ = other.Next;
                }
                catch (InvalidInputException exception)
                {
                    Assert.StartsWith("the saved ", exception.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Restore_AnotherPlan_RefusedUnlessWanted()
    {
        var saved = new Driver(Plan);
        _ = saved.Next;
        saved.Report(1);
        var longer = new Driver(new TrainingPlan(Plan.Settings with { Length = Duration.Epochs(20) }));

        Assert.Throws<InvalidInputException>(() => longer.Restore(saved.Save()));
        Assert.Equal(default, longer.Progress);
        longer.Restore(saved.Save(), ResumePolicy.UseNew);
        Assert.Equal(new Progress(1, 10), longer.Progress);
        Assert.Equal(0.995, longer.Next.LearningRate, 1e-15);
    }

    [Fact]
    public void Restore_AnotherControllerWithin_SaysWhichMemories()
    {
        var saved = new Driver(new GuardedController(new AutoWarmup(Plan), new LossGuard(100))).Save();
        Assert.StartsWith(
            "the saved run has the memory GuardedState(AutoWarmupState), but this controller needs GuardedState(EmptyState);",
            Assert.Throws<InvalidInputException>(() => new Driver(new GuardedController(new PlanController(Plan), new LossGuard(100))).Restore(saved)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Save_MemoryWithoutAContract_SaysWhatIsMissing() =>
        Assert.StartsWith(
            "The memory GuardedState(ForgetfulState) cannot be saved;",
            Assert.Throws<InvalidOperationException>(() => new Driver(new GuardedController(new Forgetful(Plan) { IsSaved = false }, new LossGuard(100))).Save()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Save_OwnMemoriesWithinOneAnother_InOnePiece()
    {
        var driver = new Driver(new GuardedController(new Cautious(new Forgetful(Plan)), new LossGuard(100)));
        _ = driver.Next;
        driver.Report(1.0 / 3);

        Assert.Contains(
            """
            "controller":{"kind":"guarded","inner":{"kind":"cautious","inner":{"kind":"forgetful","mean":0.3333333333333333,"count":1},"highest":0.3333333333333333},"guard":{
            """,
            driver.Save(),
            StringComparison.Ordinal);
    }

    // Losses that fall, stay and are lost at times, so that every controller has something to decide.
    private static GuardDecision Report(Driver driver, int turn)
    {
        var rate = driver.Next.LearningRate;
        var loss = turn % 29 == 28 ? double.NaN : turn < 90 ? WarmupRun.Valley(0.003, 0.1, 4)(turn, Math.Max(rate, 1e-6)) : 1.5;
        return driver.Report(loss, gradientNorm: turn % 3 == 0 ? null : 1.0 / (turn + 1), noise: new GradientNoise(1, 40 + turn), descent: 3.0 + (turn % 7) - (turn % 5 * turn % 3));
    }

    private static Dictionary<string, Controller> Named()
    {
        var plateau = new ReduceOnPlateauSettings { Every = Duration.Batches(2), Patience = 1, Factor = 0.7 };
        var batch = BatchRun.Quick with { MaxBatch = 80 };
        var warmup = new AutoWarmupSettings { TestEvery = Duration.Batches(6), MinLosses = 5 };
        Dictionary<string, Controller> plain = new(StringComparer.Ordinal)
        {
            ["plan"] = new PlanController(Warming),
            ["autowarmup"] = new AutoWarmup(Warming, warmup),
            ["plateau"] = new ReduceOnPlateau(Warming, plateau),
            ["polyak"] = new Polyak(Warming, new PolyakSettings { FirstRate = 0.1 }),
            ["polyak over autowarmup"] = new Polyak(new AutoWarmup(Warming, warmup), new PolyakSettings { FirstRate = 0.1, Multiple = 2 }),
            ["adaptive batch"] = new AdaptiveBatch(Warming, batch),
            ["adaptive batch over plateau over autowarmup"] = new AdaptiveBatch(new ReduceOnPlateau(new AutoWarmup(Warming, warmup), plateau), batch),
            ["own"] = new Forgetful(Warming),
            ["own over adaptive batch over own"] = new Cautious(new AdaptiveBatch(new Forgetful(Warming), batch)),
        };
        var guarded = plain.ToDictionary(
            named => $"guard over {named.Key}", Controller (named) => new GuardedController(named.Value, new LossGuard(144)), StringComparer.Ordinal);
        return plain.Concat(guarded).ToDictionary(StringComparer.Ordinal);
    }
}
