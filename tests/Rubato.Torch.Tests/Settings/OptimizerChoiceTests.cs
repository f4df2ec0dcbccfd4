namespace Rubato.Torch.Tests.Settings;

public sealed class OptimizerChoiceTests
{
    /// <summary>Along a sum of gradients the Polyak rate is too high; an optimizer without momentum stays without.</summary>
    [Fact]
    public void MomentumUnder_Polyak_None()
    {
        Assert.Equal(Schedule.Constant(0), OptimizerChoice.Sgd().MomentumUnder(Rate.Polyak()));
        Assert.Equal(Schedule.Constant(0), OptimizerChoice.AdamW().MomentumUnder(Rate.Polyak(2)));
        Assert.Null(OptimizerChoice.Adagrad().MomentumUnder(Rate.Polyak()));
        Assert.Equal(Schedule.Constant(0.9), OptimizerChoice.Sgd().MomentumUnder(Rate.Rehearsed()));
    }
}
