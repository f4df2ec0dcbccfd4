using Rubato.Cli.Catalog;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed partial class OptimizerTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Step_UpdateAfterUpdate_LeavesNoTensor(string name)
    {
        using var network = NetworkCatalog.Parse("convnet(4, 8)").Build(new InputShape(1, 8, 8, 10));
        using var optimizer = OptimizerCatalog.Parse(name).Create(ParameterGroup.Of(network));
        Update(network, optimizer);
        Update(network, optimizer);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 20; i++)
        {
            Update(network, optimizer);
        }

        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Step_AThousandUpdates_LeaveNoTensor()
    {
        using var network = NetworkCatalog.Parse("mlp(8)").Build(new InputShape(1, 8, 8, 10));
        using var optimizer = OptimizerCatalog.Parse("nesterov").Create(ParameterGroup.Of(network));
        Update(network, optimizer);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 1000; i++)
        {
            Update(network, optimizer);
        }

        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    private static void Update(nn.Module<Tensor, Tensor> network, Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        Losses.CrossEntropy(network.call(ones(2, 1, 8, 8)), tensor([1L, 2])).backward();
        optimizer.TakeGradients();
        _ = optimizer.GradientNorm();
        optimizer.Step(new HyperParameters(0.01, 2, 0.9, 0.01));
    }
}
