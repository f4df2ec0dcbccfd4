using Rubato;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Samples.TorchSharp;

/// <summary>Writes a plan's values into TorchSharp's optimizers, through their public interfaces. Copy this file.</summary>
public static class TorchSharpTarget
{
    /// <summary>Writes the next update's values: the first group of the optimizer follows the plan, each further one the plan's group of the same place.</summary>
    /// <param name="driver">Of a plan, or of any other controller.</param>
    /// <param name="optimizer">Any of TorchSharp's.</param>
    /// <exception cref="NotSupportedException">The plan has weight decay and the optimizer has none (Rprop, LBFGS).</exception>
    /// <exception cref="ArgumentException">The optimizer has more groups than the plan.</exception>
    public static void Write(Driver driver, Optimizer optimizer)
    {
        var names = driver.Plan.Settings.Groups;
        foreach (var (place, group) in optimizer.ParamGroups.Index())
        {
            if (place > names.Length)
            {
                throw new ArgumentException($"The optimizer has a parameter group {place + 1}, but the plan has {names.Length} beside its own values.", nameof(optimizer));
            }

            var values = place == 0 ? driver.Next : driver.NextOf(names[place - 1].Name);
            Write(group, values);
            if (!WriteDecay(group, values.WeightDecay) && values.WeightDecay != 0)
            {
                throw new NotSupportedException(
                    $"TorchSharp's {optimizer.GetType().Name} has no weight decay; take it out of the plan, or take another optimizer, such as SGD or AdamW.");
            }
        }
    }

    // <snippet target>

    /// <summary>Writes rate and momentum; for Adam's family the momentum is beta1, and beta2 stays what it is.</summary>
    public static void Write(ILearningRateController group, HyperParameters values)
    {
        group.LearningRate = values.LearningRate;
        if (group is IMomentum sgd)
        {
            sgd.Momentum = values.Momentum;
        }
        else if (group is IBetas adam)
        {
            adam.Betas = (values.Momentum, adam.Betas.Item2);
        }
    }

    // </snippet>

    /// <summary>Writes the weight decay. TorchSharp has no interface for it: each optimizer's group has options of its own type.</summary>
    /// <returns>Whether the optimizer has weight decay.</returns>
    public static bool WriteDecay(ILearningRateController group, double decay)
    {
        switch (group)
        {
            case ParamGroup<SGD.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<Adam.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<AdamW.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<RMSProp.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<Adagrad.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<Adadelta.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<Adamax.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<NAdam.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<RAdam.Options> of:
                of.Options.weight_decay = decay;
                return true;
            case ParamGroup<ASGD.Options> of:
                of.Options.weight_decay = decay;
                return true;
            default:
                return false;
        }
    }
}
