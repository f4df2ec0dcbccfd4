using System.Collections.Immutable;
using System.Reflection;
using Rubato.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleTests
{
    /// <summary>The kinds that a method makes of another schedule, and those that are no policy of their own.</summary>
    private static readonly string[] MadeByMethods =
        ["Clamp", "Delay", "Over", "Product", "Repeat", "Sequence", "Skip", "Stretch", "Sum", "Warmup"];

    [Fact]
    public void Factories_OfEveryKind_TakeWhatItsConstructorTakes()
    {
        var kinds = typeof(Schedule).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract && !MadeByMethods.Contains(type.Name, StringComparer.Ordinal));
        var constructors = kinds.Select(kind => Signature(kind.Name, kind.GetConstructors().Single(c => c.IsPublic && !IsCopy(c))));
        var factories = typeof(Schedule).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType.IsSubclassOf(typeof(Schedule)))
            .Select(method => Signature(method.Name, method));

        Assert.Equal(constructors.Order(StringComparer.Ordinal), factories.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Factories_All_MakeWhatTheConstructorMakes()
    {
        ImmutableArray<Duration> milestones = [Duration.Epochs(1), Duration.Epochs(2)];
        ImmutableArray<TablePoint> points = [new(Duration.Epochs(1), 0.1), new(Duration.Epochs(3), 0.2)];
        ImmutableArray<Stage> stages = [new(Duration.Epochs(1), 0.1), new(Duration.Epochs(2), 0.2)];
        var (one, two, three) = (Duration.Batches(1), Duration.Batches(2), Duration.Batches(3));
        Func<double, double> shape = share => share;

        Assert.Equal(new Constant(1, two), Schedule.Constant(1, two));
        Assert.Equal(new Cosine(1, 2, two), Schedule.Cosine(1, 2, two));
        Assert.Equal(new Exp(1, 0.5, two, three), Schedule.Exp(1, 0.5, two, three));
        Assert.Equal(new Exponential(1, 2, two), Schedule.Exponential(1, 2, two));
        Assert.Equal(new Function("f", shape, two), Schedule.Function("f", shape, two));
        Assert.Equal(new InverseSquareRoot(1, two, three), Schedule.InverseSquareRoot(1, two, three));
        Assert.Equal(new InverseTime(1, 2, two, three), Schedule.InverseTime(1, 2, two, three));
        Assert.Equal(new Linear(1, 2, two), Schedule.Linear(1, 2, two));
        Assert.Equal(new MultiStep(1, 2, milestones), Schedule.MultiStep(1, 2, milestones));
        Assert.Equal(new Polynomial(1, 2, 3, two), Schedule.Polynomial(1, 2, 3, two));
        Assert.Equal(new SquareRoot(1, 2, two), Schedule.SquareRoot(1, 2, two));
        Assert.Equal(new Step(1, 2, two, three), Schedule.Step(1, 2, two, three));
        Assert.Equal(new Table(points, Interpolation.Linear), Schedule.Table(points, Interpolation.Linear));
        Assert.Equal(
            new ExpRange(1, 2, one, 0.5, two, Decaying.Amplitude, three, 4), Schedule.ExpRange(1, 2, one, 0.5, two, Decaying.Amplitude, three, 4));
        Assert.Equal(new FlatThenAnneal(1, 2, two, three), Schedule.FlatThenAnneal(1, 2, two, three));
        Assert.Equal(new OneCycle(1, 0.2, 3, 4, 3, Anneal.Linear, two), Schedule.OneCycle(1, 0.2, 3, 4, 3, Anneal.Linear, two));
        Assert.Equal(
            new OneCycleMomentum(0.1, 0.2, 0.3, 3, Anneal.Linear, two), Schedule.OneCycleMomentum(0.1, 0.2, 0.3, 3, Anneal.Linear, two));
        Assert.Equal(new Staged(stages), Schedule.Staged(stages));
        Assert.Equal(new Triangular(1, 2, two, three, 4), Schedule.Triangular(1, 2, two, three, 4));
        Assert.Equal(new Triangular2(1, 2, two, three, 4), Schedule.Triangular2(1, 2, two, three, 4));
        Assert.Equal(new WarmRestarts(1, 0.5, two, 3, 4), Schedule.WarmRestarts(1, 0.5, two, 3, 4));
        Assert.Equal(
            new WarmupStableDecay(1, one, two, DecayShape.Linear, 0.5, three),
            Schedule.WarmupStableDecay(1, one, two, DecayShape.Linear, 0.5, three));
        Assert.Equal(new Warmup(Line, two, 0.5), Line.WarmUp(two, 0.5));
    }

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType;

    private static string Signature(string name, MethodBase method) => $"{name}({string.Join(", ", method.GetParameters().Select(
        parameter => $"{parameter.ParameterType} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue}" : "")}"))})";
}
