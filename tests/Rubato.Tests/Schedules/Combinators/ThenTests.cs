using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules.Combinators;
using Rubato.Schedules.Curves;

namespace Rubato.Tests.Schedules.Combinators;

public sealed class ThenTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.5)]
    [InlineData(1.999, 0.9995)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(6, 0)]
    public void At_TwoLines_EachFromItsOwnStart(double position, double value) =>
        Assert.Equal(value, new Then(new Linear(0, 1, 2), new Linear(3, 0, 3)).At(position), 1e-12);

    [Fact]
    public void Length_TwoParts_Sum() => Assert.Equal(5, new Then(new Linear(0, 1, 2), new Linear(3, 0, 3)).Length);

    [Fact]
    public void At_FirstWithoutLength_Skipped() => Assert.Equal(7, new Constant(1).Then(new Constant(7)).At(0));

    [Fact]
    public void At_EitherGrouping_SameValues() =>
        Check.QuickThrowOnFailure(Prop.ForAll<byte, byte, byte>((a, b, c) =>
        {
            var (first, second, third) = (new Linear(0, 1, a), new Cosine(1, 0.5, b), new Linear(0.5, 0, c));
            var left = first.Then(second).Then(third);
            var right = first.Then(second.Then(third));
            return Enumerable.Range(0, 800).All(position => left.At(position) == right.At(position));
        }));
}
