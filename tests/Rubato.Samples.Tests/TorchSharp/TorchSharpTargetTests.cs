using Rubato.Plans;
using Rubato.Samples.TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Rubato.Samples.Tests.TorchSharp;

public sealed class TorchSharpTargetTests
{
    private static readonly HyperParameters Values = new(0.25, BatchSize: 64, Momentum: 0.85, WeightDecay: 0.5);

    [Fact]
    public void Write_Sgd_SetsRateAndMomentum()
    {
        var group = new SGD([new SGD.ParamGroup()], lr: 0.1, momentum: 0.9, weight_decay: 0.01).ParamGroups.Cast<SGD.ParamGroup>().Single();

        TorchSharpTarget.Write(group, Values);

        Assert.Equal((0.25, 0.1, 0.85, 0.01), (group.LearningRate, group.InitialLearningRate, group.Momentum, group.Options.weight_decay));
    }

    [Fact]
    public void Write_Adam_SetsBeta1AndKeepsBeta2()
    {
        var group = new Adam([new Adam.ParamGroup()], beta1: 0.9, beta2: 0.99).ParamGroups.Cast<Adam.ParamGroup>().Single();

        TorchSharpTarget.Write(group, Values);

        Assert.Equal((0.25, (0.85, 0.99), 0.0), (group.LearningRate, group.Betas, group.Options.weight_decay));
    }

    [Fact]
    public void WriteWithDecay_BothKinds_SetsTheirOptions()
    {
        var sgd = new SGD.ParamGroup();
        var adam = new Adam.ParamGroup { Options = { beta1 = 0.9, beta2 = 0.999 } };

        TorchSharpTarget.WriteWithDecay(sgd, Values);
        TorchSharpTarget.WriteWithDecay(adam, Values);

        Assert.Equal((0.5, 0.5), (sgd.Options.weight_decay, adam.Options.weight_decay));
        Assert.Equal((0.85, (0.85, 0.999)), (sgd.Momentum, adam.Betas));
    }

    [Fact]
    public void WriteWithDecay_UnknownOptimizer_IsRefused()
    {
        var exception = Assert.Throws<NotSupportedException>(() => TorchSharpTarget.WriteWithDecay(new UnknownGroup(), Values));

        Assert.Contains(nameof(UnknownGroup), exception.Message, StringComparison.Ordinal);
    }

    private sealed class UnknownGroup : ILearningRateController
    {
        public double LearningRate { get; set; }

        public double InitialLearningRate { get; set; }
    }
}
