using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

/// <summary>
/// A schedule tree from a seed: the same seed, the same tree. Durations of a resolved tree are multiples of 1/64, so that its boundaries are
/// exact however they are summed.
/// </summary>
internal sealed class RandomSchedule
{
    private const int Curves = 13;
    private const int Combinators = 9;
    private const int Recipes = 10;
    private readonly TimeUnit _unit;
    private readonly double _scale;
    private CounterRandom _random;

    private RandomSchedule(long seed, TimeUnit unit, double scale)
    {
        _random = new CounterRandom(seed, 1, 0);
        _unit = unit;
        _scale = scale;
    }

    // Which durations may be used: one counted unit; that one, shares and the rest; or all.
    private enum Units
    {
        One,
        OfBudget,
        All,
    }

    internal static Schedule Resolved(long seed, int depth) => Resolved(seed, depth, (TimeUnit)(1 + (seed % 4)));

    internal static Schedule Resolved(long seed, int depth, TimeUnit unit, double scale = 1) => new RandomSchedule(seed, unit, scale).Tree(depth, Units.One);

    internal static Schedule Any(long seed, int depth) => new RandomSchedule(seed, TimeUnit.Samples, 1).Tree(depth, Units.All);

    /// <summary>What is built, or null where it breaks a rule of a constructor.</summary>
    internal static Schedule? Valid(Func<Schedule> build)
    {
        try
        {
            return build();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidInputException)
        {
            return null;
        }
    }

    // A node that breaks a rule, or is not resolved where it must be, is replaced by a constant.
    private Schedule Tree(int depth, Units units)
    {
        var kind = _random.NextInt(depth == 0 ? 1 : 10);
        var tree = Valid(() => kind < 2 ? Curve(_random.NextInt(Curves), units)
            : kind < 4 ? Recipe(_random.NextInt(Recipes), depth - 1, units)
            : Combinator(_random.NextInt(Combinators), depth - 1, units));
        return tree is not null && (units != Units.One || tree.IsResolved) ? tree : new Constant(Value());
    }

    private Schedule Curve(int kind, Units units) => kind switch
    {
        0 => new Constant(Value(), Coin() ? default : Counted(units)),
        1 => new Linear(Value(), Value(), Length(units)),
        2 => new Cosine(Value(), Value(), Length(units)),
        3 => new Exponential(PositiveValue(), PositiveValue(), Length(units)),
        4 => new SquareRoot(Value(), Value(), Length(units)),
        5 => new Polynomial(Value(), Value(), Pick(0.5, 1, 2, 3.5), Length(units)),
        6 => Growing((gamma, length) => new Exp(Value(), gamma, Positive(units), length), units),
        7 => Growing((gamma, length) => new Step(Value(), gamma, Positive(units), length), units),
        8 => new InverseTime(Value(), Pick(0, 0.1, 1), Positive(units), Coin() ? default : Counted(units)),
        9 => new InverseSquareRoot(Value(), Positive(units), Coin() ? default : Counted(units)),
        10 => new MultiStep(Value(), Pick(0.1, 0.5, 1, 2), [.. Times(units)]),
        11 => new Table([.. Times(units).Select(time => new TablePoint(time, Value()))], Coin() ? Interpolation.Linear : Interpolation.None),
        _ => ScheduleGenerator.Functions.Create(Coin() ? "parabola" : "wave-2", Length(units)),
    };

    private Schedule Combinator(int kind, int depth, Units units) => kind switch
    {
        0 => InTurn(depth, units),
        1 => new Product([.. Several(depth, units)]),
        2 => new Sum([.. Several(depth, units)]),
        3 => Bounded(Tree(depth, units), Value(), Value()),
        4 => Again(Tree(depth, units), units),
        5 => new Stretch(Tree(depth, units), units == Units.All ? Pick(0.3, 1.7, 3) : Pick(0.25, 0.5, 1, 2, 4)),
        6 => new Delay(Tree(depth, units), Counted(units)),
        7 => new Skip(Tree(depth, units), Counted(units)),
        _ => new Over(Tree(depth, units == Units.One ? Units.OfBudget : units), Length(units)),
    };

    private Schedule Recipe(int kind, int depth, Units units) => kind switch
    {
        0 => new Triangular(Value(), Value(), Positive(units), MaybeRest(units), Count()),
        1 => new Triangular2(Value(), Value(), Positive(units), MaybeRest(units), Count()),
        2 => new ExpRange(
            Value(), Value(), Positive(units), Pick(0.9, 0.99, 1), Positive(units), Coin() ? Decaying.Both : Decaying.Amplitude, MaybeRest(units), Count()),
        3 => new OneCycle(PositiveValue(), Share(), Pick(10, 25), Pick(10, 1e4), 2 + _random.NextInt(2), Shape(), Length(units)),
        4 => new OneCycleMomentum(Pick(0, 0.85), Pick(0.9, 0.95), Share(), 2 + _random.NextInt(2), Shape(), Length(units)),
        5 => new WarmRestarts(Value(), Value(), Positive(units), Pick(1, 1.5, 2), Count()),
        6 => new WarmupStableDecay(Value(), Counted(units), Counted(units), (DecayShape)_random.NextInt(3), Value(), Length(units)),
        7 => new FlatThenAnneal(Value(), Value(), Counted(units), Length(units)),
        8 => new Warmup(Tree(depth, units), Counted(units), Pick(0, 0.1, 1.5)),
        _ => new Staged(
            [.. Enumerable.Range(0, 1 + _random.NextInt(3)).Select(_ => new Stage(Counted(units), Tree(depth, units == Units.One ? Units.OfBudget : units)))]),
    };

    private Sequence InTurn(int depth, Units units)
    {
        var parts = Several(depth, units);
        var elastic = units == Units.One ? parts.Length - 1 : _random.NextInt(parts.Length);
        return new Sequence([.. parts.Select((part, i) => i == elastic || part.Extent.Reach == Reach.Fixed ? part : new Over(part, Positive(units)))]);
    }

    private Repeat Again(Schedule body, Units units)
    {
        var count = Count();
        var takesNoTime = body.Extent is { Reach: Reach.Fixed, Length: 0 };
        var takesAll = body.Extent.Reach != Reach.Fixed && (count is null || units == Units.One || body.Extent.Reach == Reach.Endless);
        var lengthen = units == Units.All || body.Extent.Reach == Reach.Fixed ? Pick(1, 1, 1.5, 2) : 1;
        return new Repeat(takesNoTime || takesAll ? new Over(body, Positive(units)) : body, count, lengthen, Pick(1, 1, 0.5, 0.9));
    }

    private Schedule Growing(Func<double, Duration, Schedule> build, Units units)
    {
        var endless = Coin();
        return build(endless ? Pick(0.5, 0.9, 1) : Pick(0.5, 0.9, 1, 1.1), endless ? default : Counted(units));
    }

    private static Clamp Bounded(Schedule inner, double a, double b) => new(inner, Math.Min(a, b), Math.Max(a, b));

    private Schedule[] Several(int depth, Units units) => [.. Enumerable.Range(0, 2 + _random.NextInt(2)).Select(_ => Tree(depth, units))];

    // Of one unit, so that they ascend.
    private IEnumerable<Duration> Times(Units units)
    {
        var unit = UnitOf(units);
        var time = Pick(0, 1, 2.5);
        for (var n = _random.NextInt(10) == 0 ? 20 : 1 + _random.NextInt(4); n > 0; n--)
        {
            yield return Duration.Of(unit == TimeUnit.Share ? time / 32 : _scale * time, unit);
            time += Pick(0.5, 1, 3);
        }
    }

    private Duration Length(Units units) => units != Units.One && _random.NextInt(3) == 0 ? Duration.Rest : Counted(units);

    private Duration MaybeRest(Units units) => Coin() ? Duration.Rest : Positive(units);

    private Duration Counted(Units units) => _random.NextInt(6) == 0 ? Duration.Of(0, UnitOf(units)) : Positive(units);

    private Duration Positive(Units units)
    {
        var unit = UnitOf(units);
        var value = (unit == TimeUnit.Share ? 1.0 / 32 : 1) * (Coin() ? Pick(0.5, 1, 2, 5, 10) : _random.NextDouble(0.25, 20));
        return Duration.Of(units == Units.All ? value : (unit == TimeUnit.Share ? 1 : _scale) * Math.Ceiling(value * 64) / 64, unit);
    }

    private TimeUnit UnitOf(Units units) => units switch
    {
        Units.One => _unit,
        Units.OfBudget => Coin() ? _unit : TimeUnit.Share,
        _ => (TimeUnit)(1 + _random.NextInt(4)),
    };

    private long? Count() => Coin() ? null : 1L << _random.NextInt(3);

    private double Share() => Coin() ? 0.3 : _random.NextDouble(0, 0.5);

    private Anneal Shape() => Coin() ? Anneal.Cosine : Anneal.Linear;

    private double Value() => _random.NextInt(8) == 0 ? -_random.NextDouble() : Coin() ? Pick(0, 1e-5, 0.001, 0.1, 0.5, 1, 3) : _random.NextDouble(0, 2);

    private double PositiveValue() => Coin() ? Pick(1e-5, 0.001, 0.1, 1) : _random.NextDouble(0.1, 2);

    private double Pick(params ReadOnlySpan<double> values) => values[_random.NextInt(values.Length)];

    private bool Coin() => _random.NextInt(2) == 0;
}
