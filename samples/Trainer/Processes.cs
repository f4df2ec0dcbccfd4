using Rubato;
using Rubato.Torch;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A loop of one's own in several processes.</summary>
public static class Processes
{
    public const int Updates = 200;

    public static (double First, double Last) Train(IPeers peers)
    {
        using var run = NewDisposeScope();
        Engine.Seed(9);
        var points = (rand(1_000, 2) * 2) - 1;
        var labels = points.square().sum(1).less(0.6).to(ScalarType.Int64);
        using var network = Sequential(Linear(2, 32), Tanh(), Linear(32, 2));
        using var optimizer = optim.SGD(network.parameters(), learningRate: 0.5);
        var driver = new Driver(new TrainingPlan(new PlanSettings
        {
            Length = Duration.Batches(Updates),
            SamplesPerEpoch = 1_000,
            LearningRate = Schedule.Constant(0.5),
            BatchSize = 100,
        }));
        var losses = new List<double>();

        // <snippet shared-gradients>
        using var shared = new SharedGradients(peers, network);
        while (driver.TryNext(out var values))
        {
            using var update = NewDisposeScope();
            var share = shared.Begin((int)values.BatchSize);
            var sum = 0.0;
            if (!share.IsEmpty)
            {
                var first = (driver.Progress.Samples % 1_000) + share.Start;
                var loss = functional.cross_entropy(
                    network.call(points.narrow(0, first, share.Count)), labels.narrow(0, first, share.Count), reduction: Reduction.Sum);
                (loss / values.BatchSize).backward();
                sum = loss.item<float>();
            }

            var mean = shared.Sum(sum);
            optimizer.ParamGroups.Single().LearningRate = values.LearningRate;
            optimizer.step();
            driver.Report(mean, values.BatchSize);
            losses.Add(mean);
        }
        // </snippet>

        return (losses[0], losses[^1]);
    }
}
