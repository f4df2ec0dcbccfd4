using Rubato.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleTests
{
    // As tight as the values: a plan refuses what leaves its range by these.
    [Theory]
    [InlineData("0.5", 0.5, 0.5)]
    [InlineData("linear(1 -> -2, 4ep)", -2, 1)]
    [InlineData("cosine(1 -> -2, 4ep)", -2, 1)]
    [InlineData("exponential(8 -> 2, 4ep)", 2, 8)]
    [InlineData("sqrt(3 -> 1, 4ep)", 1, 3)]
    [InlineData("polynomial(1 -> 3, power 2, 4ep)", 1, 3)]
    [InlineData("exp(8, gamma 0.5, every 1ep)", 0, 8)]
    [InlineData("exp(8, gamma 0.5, every 1ep, 2ep)", 2, 8)]
    [InlineData("exp(8, gamma 2, every 1ep)", 8, double.PositiveInfinity)]
    [InlineData("exp(-8, gamma 2, every 1ep)", double.NegativeInfinity, -8)]
    [InlineData("exp(0, gamma 2, every 1ep)", 0, 0)]
    [InlineData("exp(8, gamma 1, every 1ep)", 8, 8)]
    [InlineData("step(8, gamma 0.5, every 2ep, 5ep)", 2, 8)]
    [InlineData("step(8, gamma 2, every 2ep, 5ep)", 8, 32)]
    [InlineData("inverse-time(8, rate 1, every 1ep)", 0, 8)]
    [InlineData("inverse-sqrt(8, timescale 1ep)", 0, 8)]
    [InlineData("multi-step(8, gamma 0.5, at 1ep 2ep)", 2, 8)]
    [InlineData("table(0ep: 3, 1ep: 7, 2ep: 5)", 3, 7)]
    [InlineData("linear(1 -> 2, 1ep) then linear(5 -> 4, 1ep)", 1, 5)]
    [InlineData("linear(1 -> 2, 1ep) + linear(5 -> 4, 1ep)", 5, 7)]
    [InlineData("linear(-1 -> 2, 1ep) * linear(5 -> 4, 1ep)", -5, 10)]
    [InlineData("clamp(linear(0 -> 9, 1ep), 2..7)", 2, 7)]
    [InlineData("clamp(linear(3 -> 4, 1ep), 2..7)", 3, 4)]
    [InlineData("clamp(exp(8, gamma 2, every 1ep), 2..100)", 8, 100)]
    [InlineData("repeat(linear(4 -> 2, 1ep))", 2, 4)]
    [InlineData("repeat(linear(4 -> 2, 1ep), 3, amplify 0.5)", 0.5, 4)]
    [InlineData("repeat(linear(4 -> 2, 1ep), amplify 0.5)", 0, 4)]
    [InlineData("repeat(linear(4 -> 2, 1ep), 3, amplify 2)", 2, 16)]
    [InlineData("repeat(linear(4 -> 0, 1ep), amplify 2)", 0, double.PositiveInfinity)]
    [InlineData("stretch(delay(skip(linear(4 -> 2, 1ep), 0ep), 1ep), 2)", 2, 4)]
    [InlineData("over(linear(4 -> 2), 1ep)", 2, 4)]
    [InlineData("triangular(1..9, step 1ep)", 1, 9)]
    [InlineData("triangular2(1..9, step 1ep)", 1, 9)]
    [InlineData("exp-range(1..9, step 1ep, gamma 0.5, decays amplitude)", 1, 9)]
    [InlineData("sgdr(4 -> 2, first 1ep)", 2, 4)]
    [InlineData("wsd(8, warmup 2ep, stable 1ep, decay 3ep)", 0, 8)]
    [InlineData("flat-cosine(4 -> 2, flat 1ep, 3ep)", 2, 4)]
    [InlineData("staged(2ep: 4, 1ep: 2)", 2, 4)]
    [InlineData("warmup(step(8, gamma 0.5, every 2ep), 1ep)", 0, 8)]
    [InlineData("one-cycle(10, div 10, final-div 4, 16ep)", 0.25, 10)]
    [InlineData("one-cycle-momentum(0.85..0.95, 16ep)", 0.85, 0.95)]
    public void Bounds_EachKind_LeastAndGreatest(string text, double least, double greatest) =>
        Assert.Equal(new Interval(least, greatest), Schedule.Parse(text).Bounds);
}
