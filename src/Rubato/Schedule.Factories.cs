using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato;

// Every curve and recipe by its name, so that a plan can be written with the everyday namespace alone.
public abstract partial record Schedule
{
    /// <inheritdoc cref="Schedules.Constant(double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Constant Constant(double value, Duration length = default) => new(value, length);

    /// <inheritdoc cref="Schedules.Cosine(double, double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Cosine Cosine(double from, double to, Duration length = default) => new(from, to, length);

    /// <inheritdoc cref="Schedules.Exp(double, double, Duration, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Exp Exp(double initial, double gamma, Duration every, Duration length = default) => new(initial, gamma, every, length);

    /// <inheritdoc cref="Schedules.Exponential(double, double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Exponential Exponential(double from, double to, Duration length = default) => new(from, to, length);

    /// <inheritdoc cref="Schedules.Function(string, Func{double, double}, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Function Function(string name, Func<double, double> shape, Duration length = default) => new(name, shape, length);

    /// <inheritdoc cref="Schedules.InverseSquareRoot(double, Duration, Duration)"/>
    /// <returns>The schedule.</returns>
    public static InverseSquareRoot InverseSquareRoot(double initial, Duration timescale, Duration length = default) =>
        new(initial, timescale, length);

    /// <inheritdoc cref="Schedules.InverseTime(double, double, Duration, Duration)"/>
    /// <returns>The schedule.</returns>
    public static InverseTime InverseTime(double initial, double rate, Duration every, Duration length = default) =>
        new(initial, rate, every, length);

    /// <inheritdoc cref="Schedules.Linear(double, double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Linear Linear(double from, double to, Duration length = default) => new(from, to, length);

    /// <inheritdoc cref="Schedules.MultiStep(double, double, ImmutableArray{Duration})"/>
    /// <returns>The schedule.</returns>
    public static MultiStep MultiStep(double initial, double gamma, ImmutableArray<Duration> milestones) => new(initial, gamma, milestones);

    /// <inheritdoc cref="Schedules.Polynomial(double, double, double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Polynomial Polynomial(double from, double to, double power, Duration length = default) => new(from, to, power, length);

    /// <inheritdoc cref="Schedules.SquareRoot(double, double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static SquareRoot SquareRoot(double from, double to, Duration length = default) => new(from, to, length);

    /// <inheritdoc cref="Schedules.Step(double, double, Duration, Duration)"/>
    /// <returns>The schedule.</returns>
    public static Step Step(double initial, double gamma, Duration every, Duration length = default) => new(initial, gamma, every, length);

    /// <inheritdoc cref="Schedules.Table(ImmutableArray{TablePoint}, Interpolation)"/>
    /// <returns>The schedule.</returns>
    public static Table Table(ImmutableArray<TablePoint> points, Interpolation interpolation = Interpolation.None) =>
        new(points, interpolation);

    /// <inheritdoc cref="Schedules.ExpRange(double, double, Duration, double, Duration, Decaying, Duration, long?)"/>
    /// <returns>The schedule.</returns>
    public static ExpRange ExpRange(
        double baseLr,
        double maxLr,
        Duration stepSize,
        double gamma,
        Duration every = default,
        Decaying decays = Decaying.Both,
        Duration stepSizeDown = default,
        long? cycles = null) => new(baseLr, maxLr, stepSize, gamma, every, decays, stepSizeDown, cycles);

    /// <inheritdoc cref="Schedules.FlatThenAnneal(double, double, Duration, Duration)"/>
    /// <returns>The schedule.</returns>
    public static FlatThenAnneal FlatThenAnneal(double from, double to, Duration flat, Duration length = default) =>
        new(from, to, flat, length);

    /// <inheritdoc cref="Schedules.OneCycle(double, double, double, double, int, Anneal, Duration)"/>
    /// <returns>The schedule.</returns>
    public static OneCycle OneCycle(
        double maxLr,
        double pctStart = 0.3,
        double divFactor = 25,
        double finalDivFactor = 1e4,
        int phases = 2,
        Anneal anneal = Anneal.Cosine,
        Duration length = default) => new(maxLr, pctStart, divFactor, finalDivFactor, phases, anneal, length);

    /// <inheritdoc cref="Schedules.OneCycleMomentum(double, double, double, int, Anneal, Duration)"/>
    /// <returns>The schedule.</returns>
    public static OneCycleMomentum OneCycleMomentum(
        double baseMomentum = 0.85,
        double maxMomentum = 0.95,
        double pctStart = 0.3,
        int phases = 2,
        Anneal anneal = Anneal.Cosine,
        Duration length = default) => new(baseMomentum, maxMomentum, pctStart, phases, anneal, length);

    /// <inheritdoc cref="Schedules.Staged(ImmutableArray{Stage})"/>
    /// <returns>The schedule.</returns>
    public static Staged Staged(ImmutableArray<Stage> stages) => new(stages);

    /// <inheritdoc cref="Schedules.Triangular(double, double, Duration, Duration, long?)"/>
    /// <returns>The schedule.</returns>
    public static Triangular Triangular(
        double baseLr, double maxLr, Duration stepSize, Duration stepSizeDown = default, long? cycles = null) =>
        new(baseLr, maxLr, stepSize, stepSizeDown, cycles);

    /// <inheritdoc cref="Schedules.Triangular2(double, double, Duration, Duration, long?)"/>
    /// <returns>The schedule.</returns>
    public static Triangular2 Triangular2(
        double baseLr, double maxLr, Duration stepSize, Duration stepSizeDown = default, long? cycles = null) =>
        new(baseLr, maxLr, stepSize, stepSizeDown, cycles);

    /// <inheritdoc cref="Schedules.WarmRestarts(double, double, Duration, double, long?)"/>
    /// <returns>The schedule.</returns>
    public static WarmRestarts WarmRestarts(double maxLr, double minLr, Duration first, double mult = 1, long? cycles = null) =>
        new(maxLr, minLr, first, mult, cycles);

    /// <inheritdoc cref="Schedules.WarmupStableDecay(double, Duration, Duration, DecayShape, double, Duration)"/>
    /// <returns>The schedule.</returns>
    public static WarmupStableDecay WarmupStableDecay(
        double peak,
        Duration warmup,
        Duration decay,
        DecayShape shape = DecayShape.SquareRoot,
        double final = 0,
        Duration stable = default) => new(peak, warmup, decay, shape, final, stable);
}
