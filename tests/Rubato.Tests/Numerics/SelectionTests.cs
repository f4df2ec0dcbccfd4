using FsCheck;
using FsCheck.Fluent;
using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class SelectionTests
{
    [Fact]
    public void At_EachPlace_AsSorted() => Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var random = new CounterRandom(seed, 4, 4);
        var numbers = new double[1 + random.NextInt(30)];
        foreach (ref var number in numbers.AsSpan())
        {
            // Few different numbers: many are equal.
            number = random.NextInt(12) - 5;
        }

        var ordered = numbers.Order().ToArray();
        for (var place = 0; place < numbers.Length; place++)
        {
            Assert.Equal(ordered[place], Selection.At((double[])numbers.Clone(), place));
        }
    }));

    [Fact]
    public void At_Infinities_Ordered()
    {
        Assert.Equal(double.NegativeInfinity, Selection.At([1, double.PositiveInfinity, double.NegativeInfinity], 0));
        Assert.Equal(double.PositiveInfinity, Selection.At([double.PositiveInfinity, 1, 2], 2));
    }
}
