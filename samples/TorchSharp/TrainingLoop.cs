using Rubato.Control;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Rubato.Samples.TorchSharp;

/// <summary>A training loop in TorchSharp whose optimizer follows a plan.</summary>
public static class TrainingLoop
{
    // <snippet torchsharp>

    /// <summary>Trains to the end of the plan.</summary>
    /// <param name="driver">At the start of the run, or restored.</param>
    /// <param name="optimizer">Its first parameter group follows the plan; each further one follows the plan's group of the same place.</param>
    /// <param name="loss">The mean loss over the next batch of the given size.</param>
    public static void Train(PlanDriver driver, Optimizer optimizer, Func<long, Tensor> loss)
    {
        foreach (var (place, group) in optimizer.ParamGroups.Index())
        {
            if (place == 0) driver.Attach(values => TorchSharpTarget.WriteWithDecay(group, values));
            else driver.Attach(driver.Plan.Settings.Groups[place - 1].Name, values => TorchSharpTarget.WriteWithDecay(group, values));
        }

        while (!driver.IsOver)
        {
            var values = driver.Prepare();
            optimizer.zero_grad();
            loss(values.BatchSize).backward();
            optimizer.step();
            driver.Applied();
        }
    }

    // </snippet>
}
