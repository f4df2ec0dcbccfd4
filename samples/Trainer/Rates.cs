using Rubato;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;
using Rubato.Runs.Records;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A range test: its answer, its picture, and the run after it.</summary>
public static class Rates
{
    public static (RangeSuggestion Found, TrainingRun Run) FindAndTrain(string picture, TextWriter output)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(3);
        var (train, test) = (Rings.Draw(3_000), Rings.Draw(999));
        using var network = Sequential(Linear(2, 64), Tanh(), Linear(64, Rings.Classes));
        var settings = new TrainerSettings { Length = Duration.Epochs(10), BatchSize = 60, Optimizer = OptimizerChoice.Sgd() };
        var trainer = new Trainer(network, train, Losses.CrossEntropy, settings, test);

        // <snippet find-rates>
        var curve = new Curve();
        var found = trainer.FindRates(listener: curve);
        curve.Draw(found, picture);
        if (found.Range is not { } range)
        {
            output.WriteLine(found.Reason);
            return (found, trainer.Fit());
        }

        output.WriteLine($"the network trains from {range.BaseLr:G2} to {range.MaxLr:G2}, says the rule '{found.Rule}'");
        return (found, trainer.Fit(Schedule.OneCycle(range.MaxLr)));
        // </snippet>
    }

    // <snippet find-rates-picture>
    /// <summary>Keeps the curve of a range test.</summary>
    private sealed class Curve : Listener
    {
        private readonly List<RangePoint> _points = [];

        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is RangePointMeasured measured)
            {
                _points.Add(measured.Point);
            }
        }

        public void Draw(RangeSuggestion found, string file)
        {
            var curve = new RangeCurve([.. _points], RangeEnd.Completed);
            var measured = MeasuredRun.Of(curve, new GaussianProcessSmoothing());
            var report = new RangeTestReport { Variants = [new MeasuredVariant(null, null, [measured], found)], BaseDivisor = 4 };
            if (RangeFigure.Of(report) is { } figure)
            {
                RangeChart.Write(file, figure);
            }
        }
    }
    // </snippet>
}
