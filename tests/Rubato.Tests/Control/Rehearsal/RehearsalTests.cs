using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class RehearsalTests
{
    private static readonly RehearsalSettings Usual = new();

    [Theory]
    [InlineData(400, 64)]
    [InlineData(1000, 32)]
    [InlineData(200, 512)]
    public void Find_LeastSquares_NearTheBestOfAGrid(int updates, int batchSize)
    {
        var found = Rehearsal.Find(new Regression(), Usual, updates, batchSize);
        var grid = Enumerable.Range(-6, 9).Select(h => Regression.Train(Math.Pow(10, h / 2.0), updates, batchSize)).Order().ToList();

        Assert.True(
            Regression.Train(found.PeakRate, updates, batchSize) <= 1.1 * grid[0],
            $"rate {found.PeakRate:G3}, loss {Regression.Train(found.PeakRate, updates, batchSize):G4}, grid {string.Join(' ', grid.Select(loss => loss.ToString("G4")))}");
        Assert.True(found.Low <= found.PeakRate && found.Runs.Length >= 3);
    }

    [Fact]
    public void Find_Twice_TheSame() =>
        Assert.Equal(Rehearsal.Find(new Regression(), Usual, 1000, 64).PeakRate, Rehearsal.Find(new Regression(), Usual, 1000, 64).PeakRate);

    [Fact]
    public void Find_LongRun_LeavesTheStart()
    {
        var subject = new Regression();
        subject.Step(0.1, new RehearsalBatch(5, 0, 32));
        var before = subject.State;
        var found = Rehearsal.Find(subject, Usual, 2000, 64);

        Assert.False(found.TookWeights);
        Assert.Equal(before, subject.State);
    }

    [Fact]
    public void Find_FewLargeBatches_GoesOnFromTheBestRun()
    {
        var subject = new Regression();
        var found = Rehearsal.Find(subject, Usual, updates: 100, batchSize: 8192);

        Assert.True(found.TookWeights);
        Assert.True(subject.Loss(new RehearsalBatch(8, 0, 1024)) < found.StartLoss / 2);
        Assert.All(subject.State.Skip(8), velocity => Assert.Equal(0, velocity));
    }

    [Theory]
    [InlineData(1000, 128)]
    [InlineData(5000, 64)]
    [InlineData(150, 128)]
    [InlineData(60, 512)]
    public void Find_Budget_NoMoreThanItsShare(long updates, long batchSize)
    {
        var found = Rehearsal.Find(new Regression(), Usual, updates, batchSize);
        Assert.True(found.Runs.Length >= 3);
        Assert.InRange(found.Samples, 1, updates * batchSize / 10);
    }

    [Fact]
    public void Find_NoRoomAndNoUsualRate_TheBracket()
    {
        var subject = new Regression();
        var found = Rehearsal.Find(subject, Usual, updates: 50, batchSize: 8);

        Assert.Empty(found.Runs);
        Assert.InRange(found.PeakRate, found.Low, found.High);
        Assert.InRange(subject.Steps, 1, 30);
        Assert.All(subject.State, value => Assert.Equal(0, value));
    }

    // A tenth of 3,200 samples does not pay 18 x 8 samples of a bracket and three runs of 20 x 8; a bracket of 18 x 4 it does.
    [Fact]
    public void Find_RoomForABracketOnly_JustAboveItsMiddle()
    {
        var found = Rehearsal.Find(new Regression(), Usual with { UsualRate = 0.25 }, updates: 50, batchSize: 64);

        Assert.Empty(found.Runs);
        Assert.InRange(found.Samples, 4 * 10, 4 * 30);
        Assert.Equal(Math.Pow(found.Low, 0.45) * Math.Pow(found.High, 0.55), found.PeakRate, 1e-12);
    }

    // A fifth of 320 samples does not pay the bracket's 18 x 4.
    [Fact]
    public void Find_NoRoomForABracket_TheUsualRateUnprobed()
    {
        var subject = new Regression();
        var found = Rehearsal.Find(subject, Usual with { UsualRate = 0.25 }, updates: 40, batchSize: 8);

        Assert.Equal((0.25, 0L, 0), (found.PeakRate, found.Samples, subject.Steps));
        Assert.True(double.IsNaN(found.StartLoss));
    }

    [Theory]
    [InlineData(0, 8, "updates")]
    [InlineData(8, 0, "batchSize")]
    public void Find_OutOfRange_NamesIt(long updates, long batchSize, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => Rehearsal.Find(new Regression(), Usual, updates, batchSize));

    [Fact]
    public void Find_LossNotFinite_Refused() =>
        Assert.Throws<InvalidOperationException>(() => Rehearsal.Find(new Stub(_ => double.NaN, () => double.NaN), Usual, 1000, 64));

    // The loss of the repeated batch falls from 1e-3 on; that of the reference batch falls by a thousandth with each run that is made, which says
    // nothing. The first, at three quarters of the bracket, is followed by lower ones.
    [Fact]
    public void Find_NothingLearned_TheLowerHalfOfTheBracket()
    {
        var loss = 2.0;
        var found = Rehearsal.Find(new Stub(rate => rate < 9e-4 ? 2 : rate < 2 ? 1 : 9, () => loss -= 0.001), Usual, updates: 1000, batchSize: 128);

        Assert.True(found.Runs.Length >= 3);
        Assert.InRange(found.PeakRate, found.Low, Math.Pow(found.Low, 0.45) * Math.Pow(found.High, 0.55));
        Assert.False(found.TookWeights);
    }

    // A run of 40 x 8 samples, of which a tenth pays nothing.
    [Fact]
    public void Find_FreeSamples_WholeRunsAndNothingPaid()
    {
        var subject = new Regression();
        var found = Rehearsal.Find(subject, Usual with { UsualRate = 0.25, FreeSamples = 20_000 }, updates: 40, batchSize: 8);

        Assert.Equal((40, 8, 4, 0L), (found.Updates, found.MicroBatch, found.Repeats, found.PaidSamples));
        Assert.Equal(RehearsalDoubt.None, found.Doubt);
        Assert.InRange(found.Samples, 1, 2 * 20_000);
        Assert.False(found.TookWeights);
        Assert.All(subject.State, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Find_FreeSamplesBelowTheShare_TheRunPaysTheRest()
    {
        var found = Rehearsal.Find(new Regression(), Usual with { FreeSamples = 500 }, updates: 1000, batchSize: 64);
        Assert.Equal(Rehearsal.Find(new Regression(), Usual, 1000, 64).Samples, found.Samples);
        Assert.Equal(found.Samples - 500, found.PaidSamples);
    }

    // Every rate above 1e-6 destroys it. The first of the runs, near the top of the bracket, says nothing of where to go: a decade at a time.
    [Fact]
    public void Find_AllDestroyed_DownByDecades()
    {
        var told = new Told();
        var found = Rehearsal.Find(new Fragile(1e-6), Usual with { FreeSamples = 1_000_000 }, updates: 100, batchSize: 16, told);

        Assert.Equal(10, told.Runs[0].Rate / told.Runs[1].Rate, 1e-9);
        Assert.InRange(found.PeakRate, 1e-7, 1e-6);
    }

    [Fact]
    public void Find_ScoreOfItsOwn_DecidesInPlaceOfTheLoss()
    {
        var found = Rehearsal.Find(new Scored(0.1), Usual, 1000, 64);
        Assert.InRange(found.PeakRate, 0.05, 0.2);
        Assert.Equal(1, found.StartLoss);
    }

    [Theory]
    [InlineData(1e-9, RehearsalDoubt.LowestIsBest)]
    [InlineData(1e9, RehearsalDoubt.HighestIsBest)]
    [InlineData(0.1, RehearsalDoubt.None)]
    public void Find_BestAtAnEnd_InDoubt(double best, RehearsalDoubt doubt) =>
        Assert.Equal(doubt, Rehearsal.Find(new Scored(best), Usual, 1000, 64).Doubt);

    [Fact]
    public void Find_Progress_EachRunOnce()
    {
        var told = new Told();
        var found = Rehearsal.Find(new Regression(), Usual, 1000, 64, told);

        Assert.Equal(found.Runs, told.Runs.OrderBy(run => run.Rate));
    }

    /// <summary>A batch's loss falls slowly from 1 on, and is lost for good by a rate above the bound.</summary>
    private sealed class Fragile(double bound) : IRehearsalSubject
    {
        private double _loss = 1;
        private double _saved = 1;
        private bool _isBracketing = true;

        public double Step(double rate, RehearsalBatch batch)
        {
            _isBracketing = batch.Draw == 0;
            var before = _loss;
            _loss = rate <= (_isBracketing ? 1 : bound) ? _loss * (1 - (0.2 * Math.Min(rate / bound, 1) / batch.Size)) : 100;
            return before;
        }

        public double Loss(RehearsalBatch batch) => _loss;

        public void Save(RehearsalSlot slot) => _saved = slot == RehearsalSlot.Start ? _loss : _saved;

        public void Restore(RehearsalSlot slot) => _loss = _saved;

        public void TakeWeights(RehearsalSlot slot)
        {
        }
    }

    /// <summary>The loss says nothing; the score is the distance of the rate from the best one, in decades, after which nothing more counts.</summary>
    private sealed class Scored(double best) : IRehearsalSubject
    {
        private double _highest;

        public double Step(double rate, RehearsalBatch batch)
        {
            _highest = Math.Max(_highest, rate);
            return batch.Draw > 0 ? 1 : rate < 9e-4 ? 1 : rate < 2 ? 0.5 : 9;
        }

        public double Loss(RehearsalBatch batch) => 1;

        public double Score(RehearsalBatch batch) => _highest == 0 ? 100 : Math.Abs(Math.Log10(_highest / best));

        public void Save(RehearsalSlot slot)
        {
        }

        public void Restore(RehearsalSlot slot) => _highest = 0;

        public void TakeWeights(RehearsalSlot slot)
        {
        }
    }

    private sealed class Told : IProgress<RehearsedRun>
    {
        public List<RehearsedRun> Runs { get; } = [];

        public void Report(RehearsedRun value) => Runs.Add(value);
    }

    private sealed class Stub(Func<double, double> step, Func<double> loss) : IRehearsalSubject
    {
        public double Step(double rate, RehearsalBatch batch) => step(rate);

        public double Loss(RehearsalBatch batch) => loss();

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
