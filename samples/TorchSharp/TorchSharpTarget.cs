using Rubato.Plans;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Rubato.Samples.TorchSharp;

/// <summary>Writes a plan's values into TorchSharp's optimizers, through their public interfaces. Copy this file.</summary>
public static class TorchSharpTarget
{
    // <snippet target>

    /// <summary>Writes rate and momentum; for Adam's family the momentum is beta1, and beta2 stays what it is.</summary>
    public static void Write(ILearningRateController group, HyperParameters values)
    {
        group.LearningRate = values.LearningRate;
        if (group is IMomentum sgd) sgd.Momentum = values.Momentum;
        if (group is IBetas adam) adam.Betas = (values.Momentum, adam.Betas.Item2);
    }

    // </snippet>

    /// <summary>Writes the weight decay too. TorchSharp has no interface for it: each optimizer's group has options of its own type.</summary>
    /// <exception cref="NotSupportedException">The optimizer is not listed here; add its line.</exception>
    public static void WriteWithDecay(ILearningRateController group, HyperParameters values)
    {
        Write(group, values);
        switch (group)
        {
            case SGD.ParamGroup sgd: sgd.Options.weight_decay = values.WeightDecay; break;
            case Adam.ParamGroup adam: adam.Options.weight_decay = values.WeightDecay; break;
            default: throw new NotSupportedException($"The weight decay of {group.GetType()} is not written; add its case to {nameof(WriteWithDecay)}.");
        }
    }
}
