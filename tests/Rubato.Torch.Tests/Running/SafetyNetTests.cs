using Rubato.Cli.Catalog;
using Rubato.Control;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed class SafetyNetTests : IDisposable
{
    private readonly Module<Tensor, Tensor> _network = NetworkCatalog.Parse("mlp(2)").Build(new InputShape(1, 2, 2, 3));
    private readonly Optimizer _optimizer;

    public SafetyNetTests() => _optimizer = new Sgd(ParameterGroup.Of(_network), nesterov: false);

    private float Weight
    {
        get => MemoryOrder.AsSpan<float>(_network.state_dict().First().Value)[0];
        set => MemoryOrder.AsSpan<float>(_network.state_dict().First().Value)[0] = value;
    }

    [Theory]
    [InlineData("1 back", 0)]
    [InlineData("1 keep 2 back", 0)]
    [InlineData("1 keep 2 keep 3 back", 1)]
    [InlineData("1 keep 2 keep 3 keep 4 back", 2)]
    [InlineData("1 keep 2 keep 3 back 4 back", 1)]
    [InlineData("1 keep 2 keep 3 back 4 keep 5 back", 1)]
    [InlineData("1 keep 2 keep 3 back 4 keep 5 keep 6 back", 4)]
    [InlineData("1 keep 2 keep 3 restart", 0)]
    [InlineData("1 keep 2 keep 3 restart 4 keep 5 back", 0)]
    [InlineData("1 keep 2 keep 3 continue", 3)]
    public void Obey_Story_EndsAtTheWeight(string story, float expected)
    {
        Weight = 0;
        using var net = new SafetyNet(_network, _optimizer, mayRestart: true);
        foreach (var word in story.Split(' '))
        {
            switch (word)
            {
                case "keep":
                    net.Obey(GuardDecision.Keep);
                    break;
                case "back":
                    net.Obey(GuardDecision.RollBack);
                    break;
                case "restart":
                    net.Obey(GuardDecision.Restart);
                    break;
                case "continue":
                    net.Obey(GuardDecision.Continue);
                    break;
                default:
                    Weight = word[0] - '0';
                    break;
            }
        }

        Assert.Equal(expected, Weight);
    }

    [Fact]
    public void Obey_RestartWithoutTheFirstSnapshot_IsRefused()
    {
        using var net = new SafetyNet(_network, _optimizer, mayRestart: false);
        Assert.Throws<InvalidOperationException>(() => net.Obey(GuardDecision.Restart));
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }
}
