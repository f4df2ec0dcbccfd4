using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class LossGuardTests
{
    private const GuardDecision Continue = GuardDecision.Continue;
    private const GuardDecision Keep = GuardDecision.Keep;
    private const GuardDecision RollBack = GuardDecision.RollBack;
    private const GuardDecision Restart = GuardDecision.Restart;

    // h = 3 and a snapshot at most every 3 updates.
    private static readonly LossGuard Short = new(120) { LearnBy = 0, VisibleShare = 0 };

    [Theory]
    [InlineData(1, 3)]
    [InlineData(150, 3)]
    [InlineData(175, 3.5)]
    [InlineData(2500, 50)]
    [InlineData(1_000_000, 50)]
    public void Smoothing_Updates_AFiftiethWithinBounds(long updates, double expected) => Assert.Equal(expected, new LossGuard(updates).Smoothing);

    [Fact]
    public void Observe_FallingLoss_KeepsEveryFortiethOnceJudged() =>
        Assert.Equal(
            [Continue, Continue, Keep, Continue, Continue, Keep],
            Decisions(Short, 9, 6, 5, 4, 6, 6)); // e = 9, 8, 7, 6, 6, 6

    [Fact]
    public void Observe_ALongRun_KeepsAFortiethApart()
    {
        // h = 8 and a snapshot at most every 10 updates.
        var kept = Decisions(new LossGuard(400) { LearnBy = 0, VisibleShare = 0 }, [.. Enumerable.Repeat(1.0, 40)]).Index().Where(seen => seen.Item == Keep).Select(seen => seen.Index + 1);
        Assert.Equal([10, 20, 30, 40], kept);
    }

    [Fact]
    public void Observe_ATenthOfTheDropAboveTheBest_IsNotKept()
    {
        // e = 12, 8, 2: best is 2, a tenth of the drop is 1.
        Assert.Equal([Continue, Continue, Keep], Decisions(Short, 12, 0, -10));
        Assert.Equal([Continue, Continue, Keep], Decisions(Short, 12, 0, -10, 2, 2, 5)[3..]); // e = 3
        Assert.Equal([Continue, Continue, Continue], Decisions(Short, 12, 0, -10, 2, 2, 5.5)[3..]); // e = 3 1/6
    }

    [Fact]
    public void Observe_HalfTheDropLostAgain_RollsBack()
    {
        // e = 12, 8, 2, then it may rise to 2 + max(10 / 2, 12 / 4) = 7.
        Assert.Equal(Continue, Decisions(Short, 12, 0, -10, 17)[^1]); // e = 7
        Assert.Equal(RollBack, Decisions(Short, 12, 0, -10, 17.5)[^1]);
    }

    // 256 samples of smoothing, at least 8 updates, at most an eighth of the run or 50 updates; a fiftieth of the run where that is more.
    [Theory]
    [InlineData(400, 8, 32)]
    [InlineData(400, 2, 50)]
    [InlineData(160, 8, 20)]
    [InlineData(400, 128, 8)]
    [InlineData(1000, 128, 20)]
    [InlineData(30, 1, 8)]
    public void For_BatchSize_SmoothsOverSamples(long updates, long batchSize, double smoothing) =>
        Assert.Equal(smoothing, LossGuard.For(updates, batchSize).Smoothing);

    [Theory]
    [InlineData(0, 8, "updates")]
    [InlineData(8, 0, "batchSize")]
    public void For_OutOfRange_NamesIt(long updates, long batchSize, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => LossGuard.For(updates, batchSize));

    [Fact]
    public void Observe_AQuarterOfTheStartAboveTheBest_RollsBack()
    {
        // e = 8, 8, 8, then it may rise to 8 + max(0, 8 / 4) = 10.
        Assert.Equal(Continue, Decisions(Short, 8, 8, 8, 14)[^1]); // e = 10
        Assert.Equal(RollBack, Decisions(Short, 8, 8, 8, 14.5)[^1]);
    }

    [Fact]
    public void Observe_TwiceTheStartAndOne_RollsBackBeforeAnythingIsJudged()
    {
        // h = 5: e = 9, then it may rise to 19.
        var guard = new LossGuard(250);
        Assert.Equal(Continue, Decisions(guard, 9, 59)[^1]); // e = 19
        Assert.Equal(RollBack, Decisions(guard, 9, 60)[^1]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Observe_NotFinite_RollsBackAtOnce(double loss)
    {
        var state = Short.Observe(loss, Short.InitialState);
        Assert.Equal((RollBack, 1, null), (state.Decision, state.Rollbacks, state.StartLoss));
        Assert.Equal(1 / Math.Sqrt(10), state.Scale);
    }

    [Fact]
    public void Observe_LossesBeyondWhatCanBeAveraged_RollsBack() => Assert.Equal([Continue, RollBack], Decisions(Short, 1e308, -1e308));

    [Fact]
    public void Observe_AfterARollback_StartsAnewFromTheStartLoss()
    {
        var state = After(Short, 9, 6, 5, double.NaN);
        var wentBack = Short.InitialState with { StartLoss = 9, Rollbacks = 1, Scale = Short.Cut };
        Assert.Equal(wentBack with { Decision = RollBack }, state);
        state = Short.Observe(6, state);
        Assert.Equal(wentBack with { Smoothed = 8, Updates = 1, SinceKept = 1, Decision = Continue }, state);
        state = Short.Observe(5, Short.Observe(5, state));
        Assert.Equal((Keep, 3, 0), (state.Decision, state.Updates, state.SinceKept));
    }

    [Fact]
    public void Observe_StartLossGiven_IsWhatEverythingIsMeasuredAgainst()
    {
        var guard = Short with { StartLoss = 9 };
        Assert.Equal(8, guard.Observe(6, guard.InitialState).Smoothed);
        Assert.Equal(6, Short.Observe(6, Short.InitialState).Smoothed);
    }

    [Fact]
    public void Observe_MoreThanTheMostRollbacks_IsOffAndKeepsTheScale()
    {
        var guard = Short with { MaxRollbacks = 2, Warmup = 0 };
        var state = After(guard, double.NaN, double.NaN);
        Assert.Equal((2, RollBack), (state.Rollbacks, state.Decision));
        state = guard.Observe(double.NaN, state);
        Assert.Equal((2, Continue), (state.Rollbacks, state.Decision));
        Assert.Same(state, guard.Observe(1e9, state));
        Assert.Equal(0.1, state.Scale, 1e-15);
    }

    [Fact]
    public void Observe_NothingLearnedAfterAFifth_RestartsWhereADropIsKnown()
    {
        // T = 20: asked at the fourth update for a quarter of 4.
        var guard = new LossGuard(20) { ReferenceDrop = 4 };
        Assert.Equal([Continue, Continue, Continue, Restart], Decisions(guard, 9, 9, 9, 9));
        Assert.Equal([Continue, Continue, Continue, Restart], Decisions(guard, 9, 9, 9, 6.5));
        Assert.Equal([Continue, Continue, Continue, Keep], Decisions(guard, 9, 9, 9, 6)); // e = 8
        Assert.Equal([Continue, Continue, Continue, Continue], Decisions(guard with { ReferenceDrop = null }, 9, 9, 9, 9));
        Assert.Equal((1, guard.DeadCut), (After(guard, 9, 9, 9, 9).Rollbacks, After(guard, 9, 9, 9, 9).Scale));
    }

    [Fact]
    public void Observe_RestartedNetworkThatStillLearnsNothing_RestartsAgain() =>
        Assert.Equal([3, 7], Decisions(new LossGuard(20) { ReferenceDrop = 4 }, [.. Enumerable.Repeat(9.0, 8)]).Index().Where(seen => seen.Item == Restart).Select(seen => seen.Index));

    [Fact]
    public void Observe_AnyLosses_NeverMoreThanTheMostRollbacks() => Check.QuickThrowOnFailure(Prop.ForAll(
        Losses().ToArbitrary(),
        losses =>
        {
            var guard = new LossGuard(losses.Length + 1) { MaxRollbacks = 3, ReferenceDrop = 1 };
            return Decisions(guard, losses).Count(decision => decision is RollBack or Restart) <= 3 && After(guard, losses).Rollbacks <= 3;
        }));

    [Fact]
    public void Observe_BeforeAFifthOfTheRun_KeepsNothing()
    {
        // T = 40: a fifth is 8 updates, a snapshot at most every update.
        var decisions = Decisions(new LossGuard(40), 9, 6, 5, 4, 6, 6, 6, 6, 6);
        Assert.Equal([Continue, Continue, Continue, Continue, Continue, Continue, Continue, Keep, Keep], decisions);
    }

    [Fact]
    public void Observe_NothingGainedYet_KeepsNothing()
    {
        // A twentieth of 9 is 0.45.
        var guard = new LossGuard(20);
        Assert.Equal(Keep, Decisions(guard, 9, 9, 9, 7.5)[^1]); // e = 8.5
        Assert.Equal(Continue, Decisions(guard, 9, 9, 9, 8)[^1]); // e = 8 2/3
    }

    [Fact]
    public void Observe_AnEighthOfTheRunAboveTheBest_IsStuckAndCutsByTen()
    {
        // e = 12, 8, 2, 4, 4, ...: best is 2, near it is below 3; an eighth of the run is 15 updates.
        double[] losses = [12, 0, -10, 8, .. Enumerable.Repeat(4.0, 14)];
        Assert.DoesNotContain(RollBack, Decisions(Short, losses[..^1]));
        Assert.Equal(RollBack, Decisions(Short, losses)[^1]);
        Assert.Equal((1, 0.1), (After(Short, losses).Rollbacks, After(Short, losses).Scale));
    }

    // As above, but of the 120 updates the first 24 do not count: the 15 begin with the 24th.
    [Fact]
    public void Observe_AboveTheBestBeforeStuckFrom_DoesNotCount()
    {
        var guard = Short with { StuckFrom = 0.2 };
        double[] losses = [12, 0, -10, 8, .. Enumerable.Repeat(4.0, 34)];
        Assert.DoesNotContain(RollBack, Decisions(guard, losses[..^1]));
        Assert.Equal(RollBack, Decisions(guard, losses)[^1]);
    }

    [Fact]
    public void Observe_BackNearTheBestInTime_IsNotStuck()
    {
        // e = 12, 8, 2, 4 (14 times), 3, 4 (14 times).
        double[] high = [8, .. Enumerable.Repeat(4.0, 13)];
        double[] again = [6, .. Enumerable.Repeat(4.0, 13)];
        Assert.DoesNotContain(RollBack, Decisions(Short, [12, 0, -10, .. high, 1, .. again]));
        Assert.Equal(RollBack, Decisions(Short, [12, 0, -10, .. high, 1, .. again, 4])[^1]);
    }

    [Fact]
    public void Observe_ATwentiethOfTheStartAboveTheBest_IsNear()
    {
        // e = 20, 20, 20, then 21 or 21.5: a twentieth is 1.
        Assert.DoesNotContain(RollBack, Decisions(Short, [20, 20, 20, 23, .. Enumerable.Repeat(21.0, 40)]));
        Assert.Contains(RollBack, Decisions(Short, [20, 20, 20, 24.5, .. Enumerable.Repeat(21.5, 14)]));
    }

    [Fact]
    public void Observe_GradientGoneAndNothingGained_IsDeadAndCutsDeep()
    {
        // The norm, smoothed over 3, is 1, 2/3, 4/9, 8/27, 16/81; asked for from the fourth update on.
        var guard = new LossGuard(20);
        (double, double)[] dead = [(9, 1), (9, 0), (9, 0), (9, 0), (9, 0)];
        Assert.Equal([Continue, Continue, Continue, Continue, RollBack], Decisions(guard, dead));
        Assert.Equal(Math.Pow(10, -1.5), dead.Aggregate(guard.InitialState, (state, seen) => guard.Observe(seen.Item1, seen.Item2, state)).Scale, 1e-15);
        Assert.DoesNotContain(RollBack, Decisions(guard, [.. dead[..^1], (7.5, 0)])); // e = 8.5, a twentieth less
        Assert.DoesNotContain(RollBack, Decisions(guard, [.. dead[..^1], (9, 0.5)])); // 10/27
        Assert.Equal(RollBack, Decisions(new LossGuard(30), [.. dead, (9, 0)])[^1]); // a fifth of 30
        Assert.Equal(Continue, Decisions(new LossGuard(30), dead)[^1]);
    }

    [Fact]
    public void Observe_ASpikeOfTheGradient_CountsAsTheFirst()
    {
        // The norm is 1, 2/3, 7/9, 14/27, 28/81, 56/243.
        var guard = new LossGuard(20);
        Assert.Equal(RollBack, Decisions(guard, (9, 1), (9, 0), (9, 100), (9, 0), (9, 0), (9, 0))[^1]);
        Assert.Equal(RollBack, Decisions(guard, (9, 1), (9, 0), (9, double.PositiveInfinity), (9, 0), (9, 0), (9, 0))[^1]);
    }

    [Fact]
    public void Observe_GradientThatIsNotMeasured_SaysNothing()
    {
        var guard = new LossGuard(20);
        Assert.DoesNotContain(RollBack, Decisions(guard, [.. Enumerable.Repeat((9.0, double.NaN), 20)]));
        Assert.Equal(
            RollBack,
            Decisions(guard, (9, double.NaN), (9, 1), (9, 0), (9, double.NaN), (9, 0), (9, 0), (9, 0))[^1]);
    }

    [Fact]
    public void ScaleOf_AfterARollback_RisesOverATwentiethOfTheRun()
    {
        // A twentieth of 80 is 4 updates.
        var guard = new LossGuard(80) { Cut = 0.5 };
        Assert.Equal(1, guard.ScaleOf(guard.InitialState));
        Assert.Equal(1, guard.ScaleOf(After(guard, 9)));
        double[] losses = [9, double.NaN, 9, 9, 9, 9];
        Assert.Equal([0.125, 0.25, 0.375, 0.5, 0.5], Enumerable.Range(2, 5).Select(count => guard.ScaleOf(After(guard, losses[..count]))));
    }

    [Fact]
    public void ScaleOf_AfterTheLastRollback_RisesToo()
    {
        var guard = new LossGuard(80) { Cut = 0.5, MaxRollbacks = 1 };
        double[] losses = [9, double.NaN, 9, double.NaN, 9, 9, 1e9];
        Assert.Equal([0.125, 0.25, 0.25, 0.375, 0.5, 0.5], Enumerable.Range(2, 6).Select(count => guard.ScaleOf(After(guard, losses[..count]))));
    }

    [Fact]
    public void Observe_SavedAndRestoredAtEveryUpdate_DecidesTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Losses().ToArbitrary(),
        losses =>
        {
            var guard = new LossGuard(losses.Length + 1);
            var (plain, saved) = (guard.InitialState, guard.InitialState);
            foreach (var loss in losses)
            {
                plain = guard.Observe(loss, loss / 3, plain);
                saved = guard.Observe(loss, loss / 3, SavedState.Restored(new GuardedState(ControllerState.None, saved)).Guard);
            }

            return plain == saved;
        }));

    [Fact]
    public void Settings_OutOfRange_NamedWithTheirRule()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossGuard(0));
        Assert.StartsWith("Cut must be", Assert.Throws<ArgumentOutOfRangeException>(() => Short with { Cut = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { Cut = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { MaxRollbacks = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { LeastSmoothing = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { StartLoss = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { ReferenceDrop = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { StuckCut = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { DeadCut = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { Warmup = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Short with { StuckAfter = 0 });
    }

    private static Gen<double[]> Losses() =>
        Gen.Frequency(
            (20, Gen.Choose(-200, 300).Select(hundredths => hundredths / 100.0)),
            (2, Gen.Choose(1, 1000).Select(number => (double)number)),
            (1, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -1e300))).ArrayOf();

    private static GuardDecision[] Decisions(LossGuard guard, params double[] losses)
    {
        var state = guard.InitialState;
        return [.. losses.Select(loss => (state = guard.Observe(loss, state)).Decision)];
    }

    private static GuardDecision[] Decisions(LossGuard guard, params (double Loss, double Norm)[] seen)
    {
        var state = guard.InitialState;
        return [.. seen.Select(update => (state = guard.Observe(update.Loss, update.Norm, state)).Decision)];
    }

    private static GuardState After(LossGuard guard, params double[] losses) =>
        losses.Aggregate(guard.InitialState, (state, loss) => guard.Observe(loss, state));
}
