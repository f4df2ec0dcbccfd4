using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class RateBracketTests
{
    // Losses before the updates at 1e-8, 3.2e-8, 1e-7, ...: the first fall by 2 % is seen at number 5, made by the rate of number 4, 1e-6; the
    // loss is back at number 9, so that the last good rate is that of number 7.
    [Fact]
    public void From_FallAndRise_TheRatesThatMadeThem()
    {
        var bracket = RateBracket.From([1, 1, 1, 0.999, 0.99, 0.97, 0.8, 0.5, 0.7, 1.2], 80);

        Assert.Equal(1e-6, bracket.Low, 1e-18);
        Assert.Equal(Math.Pow(10, -4.5), bracket.High, 1e-16);
        Assert.Equal(Math.Pow(10, -5.175), bracket.Middle, 1e-17);
        Assert.Equal(Math.Pow(10, -4.875), bracket.Start, 1e-17);
        Assert.Equal(80, bracket.Samples);
    }

    // With dropout a loss may be low for once: number 1 is, made by 1e-8; it stays low from number 4 on, made by 3.2e-7.
    [Fact]
    public void From_LowForOnce_WhereItStaysLow() =>
        Assert.Equal(Math.Pow(10, -6.5), RateBracket.From([1, 0.9, 1.05, 1, 0.95, 0.7, 0.6, 1.3], 8).Low, 1e-18);

    [Fact]
    public void From_NeverBack_TheRateAfterTheLowest()
    {
        var bracket = RateBracket.From([1, 0.9, 0.5, 0.6], 8);

        Assert.Equal(1e-8, bracket.Low, 1e-20);
        Assert.Equal(1e-7, bracket.High, 1e-19);
    }

    [Fact]
    public void From_NeverFalls_BelowTheLowest()
    {
        var bracket = RateBracket.From([1, 1, 1, 1, 1, 1, 1, 1, 0.99, double.PositiveInfinity], 8);

        Assert.Equal(Math.Pow(10, -6.5), bracket.Low, 1e-18);
        Assert.Equal(Math.Pow(10, -4.5), bracket.High, 1e-16);
    }

    // The loss of one batch, which is halved by each update from 1e-6 on, is below a tenth after the fourth, made by 10^-4.5; no higher rate is tried.
    [Fact]
    public void Find_BatchKnownByHeart_EndsThere()
    {
        var subject = new Halved();
        var bracket = RateBracket.Find(subject, 8);

        Assert.Equal(Math.Pow(10, -4), subject.Highest, 1e-16);
        Assert.Equal(1e-6, bracket.Low, 1e-18);
        Assert.Equal(Math.Pow(10, -4), bracket.High, 1e-16);
    }

    private sealed class Halved : IRehearsalSubject
    {
        private double _loss = 1;

        public double Highest { get; private set; }

        public double Step(double rate, RehearsalBatch batch)
        {
            var before = _loss;
            _loss = rate > 0.9e-6 ? _loss / 2 : _loss;
            Highest = Math.Max(Highest, rate);
            return before;
        }

        public double Loss(RehearsalBatch batch) => _loss;

        public void Save(RehearsalSlot slot)
        {
        }

        public void Restore(RehearsalSlot slot)
        {
        }

        public void TakeWeights(RehearsalSlot slot)
        {
        }
    }
}
