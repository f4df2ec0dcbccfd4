using Rubato;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.optim;

namespace Samples.TorchSharp;

/// <summary>A training loop in TorchSharp whose optimizer follows a plan.</summary>
public static class TrainingLoop
{
    // <snippet torchsharp>

    /// <summary>Trains to the end of the plan.</summary>
    /// <param name="driver">At the start of the run, or restored.</param>
    /// <param name="network">What is trained.</param>
    /// <param name="optimizer">
    /// Its first parameter group follows the plan; each further one follows the plan's group of the same place.
    /// </param>
    /// <param name="loss">The mean loss over the next batch of the given size.</param>
    public static void Train(Driver driver, Module network, Optimizer optimizer, Func<long, Tensor> loss)
    {
        while (driver.TryNext(out var values))
        {
            // Frees the step's tensors at its end: the garbage collector does not know how large they are, and comes too late.
            using var step = NewDisposeScope();
            TorchSharpTarget.Write(driver, optimizer);
            // Takes the gradients away; the optimizer's zero_grad would fill them with zeros.
            network.zero_grad();
            var mean = loss(values.BatchSize);
            mean.backward();
            optimizer.step();
            driver.Report(mean.to(ScalarType.Float64).item<double>());
        }
    }

    // </snippet>
}
