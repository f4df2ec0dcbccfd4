using System.Globalization;
using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>
/// Losses as trainings of an MLP with batch normalization once had them, in half decades of the rate from 1e-8 on and after each miniature run: the rate that is found
/// from them is the same on any processor. The brackets end early, where the batch is known by heart: below 0.2275.
/// </summary>
public sealed partial class RehearsalTests
{
    /// <summary>The losses of the bracket; the start and what each run came to, in their order; the runs' rates; and the peak.</summary>
    public static TheoryData<double, int, string, string, string, double> Recorded => new()
    {
        // sgd
        {
            0.3,
            313,
            "2.275 2.275 2.275 2.275 2.275 2.274 2.274 2.271 2.262 2.232 2.133 1.873 1.449 1.111 0.8397 0.476 0.2725 0.004147 2.98e-08 0.0001288 41.56",
            "2.3112 2.3068 2.255 2.1372 2.1428",
            "0.316 0.1 0.0316 0.01",
            0.0291045
        },
        // adamw
        {
            0.15,
            300,
            "2.275 2.275 2.275 2.275 2.274 2.273 2.27 2.259 2.227 2.128 1.868 1.433 1.147 0.9608 0.5687 0.1395 0.009313 0.008139 0 0 0 0 0 0 7.913e+07",
            "2.3112 2.2418 2.2072 2.1793",
            "0.0316 0.01 0.00316",
            0.00361117
        },
        // lamb
        {
            0.15,
            313,
            "2.275 2.275 2.275 2.275 2.275 2.275 2.275 2.274 2.273 2.271 2.263 2.237 2.159 1.934 1.443 0.898 0.499 0.3473 0 0 0 5.299e+07",
            "2.3112 2.363 2.1639 2.1506 2.1941",
            "1 0.316 0.1 0.0316",
            0.154429
        },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Find_RecordedTraining_TheRateOfItsLosses(double lean, int updates, string bracket, string runs, string rates, double peak)
    {
        var told = new Told();
        var found = Rehearsal.Find(new Tape(bracket, runs), Usual with { BatchLean = lean }, updates, batchSize: 64, told);

        Assert.Equal(rates, string.Join(' ', told.Runs.Select(run => run.Rate.ToString("G3", CultureInfo.InvariantCulture))));

        // Of the losses four digits are written down.
        Assert.Equal(peak, found.PeakRate, 2e-3 * peak);
        Assert.False(found.TookWeights);
        Assert.InRange(found.Samples, 1, updates * 64 / 10);
    }

    /// <summary>Gives what was recorded, whatever the rate: the rates are what is tested.</summary>
    private sealed class Tape(string bracket, string runs) : IRehearsalSubject
    {
        private readonly Queue<string> _bracket = new(bracket.Split(' '));
        private readonly Queue<string> _runs = new(runs.Split(' '));

        public double Step(double rate, RehearsalBatch batch) => batch.Draw == 0 ? Number(_bracket.Dequeue()) : 2.3;

        public double Loss(RehearsalBatch batch) => Number(_runs.Peek());

        public double Score(RehearsalBatch batch) => Number(_runs.Dequeue());

        public void Save(RehearsalSlot slot)
        {
        }

        public void Restore(RehearsalSlot slot)
        {
        }

        public void TakeWeights(RehearsalSlot slot)
        {
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
