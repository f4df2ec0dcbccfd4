using Rubato.Data.Sampling;
using Rubato.Torch;
using Rubato.Torch.Layers;
using Rubato.Torch.Optimizers;
using Rubato.Training.Setup;

namespace Rubato.Training.Running;

/// <summary>The network, the optimizer and the trainer of a run, built from its seed on its device.</summary>
internal sealed class RunParts : IDisposable
{
    /// <exception cref="InvalidInputException">The data does not fit the network, or a group of the plan has no parameter.</exception>
    internal RunParts(ResolvedRun run)
    {
        Engine.Threads = run.Threads;
        Engine.Seed(run.Settings.Seed);
        Network = run.Design.Build(run.Input);
        Network.MoveTo(run.Device, run.MemoryFormat);
        Optimizer = run.CreateOptimizer(ParameterGroup.Of(Network, [.. run.Plan.Settings.Groups.Select(group => group.Name)]));
        Parameters = Network.NamedParameters().Sum(parameter => parameter.Value.Value.ElementCount);
        TestReader = new BatchReader(run.Data.Test, run.Device, run.MemoryFormat);
        Trainer = new Trainer(
            Network,
            run.Loss,
            Optimizer,
            run.Controller,
            new BatchReader(run.Data.Train, run.Device, run.MemoryFormat),
            new BatchOrder(run.Data.Train.Count, run.Settings.Seed).Next,
            run.Augmentation,
            run.Settings.Seed,
            run.Settings.MicroBatch);
    }

    internal Layer Network { get; }

    internal Optimizer Optimizer { get; }

    internal Trainer Trainer { get; }

    internal BatchReader TestReader { get; }

    /// <summary>Trained numbers.</summary>
    internal long Parameters { get; }

    public void Dispose()
    {
        Trainer.Dispose();
        Optimizer.Dispose();
        Network.Dispose();
    }
}
