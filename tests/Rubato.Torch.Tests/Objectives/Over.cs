using Rubato.Cli.Settings;
using Rubato.Data;
using Rubato.Data.Augmentations;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Objectives;

/// <summary>Objectives over examples, on the CPU.</summary>
internal static class Over
{
    public static Objective Examples(
        Module<Tensor, Tensor> network, Examples examples, Augmentation? augmentation = null, ScalarType type = ScalarType.Float32) =>
        new SupervisedObjective(
            network,
            new ExampleSamples(examples, augmentation ?? Augmentation.None),
            Losses.CrossEntropy,
            [],
            new Placement(CPU, MemoryFormat.Contiguous, type));
}
