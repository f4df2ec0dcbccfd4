using Rubato.Plans;
using Rubato.Rewrites.Exponential;
using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Losses;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Optimizers;

/// <summary>Two equal networks of 64 bits on the same batches: one with weight decay, the other in exponential form.</summary>
internal sealed class GrowthPair : IDisposable
{
    private const int Samples = 12;
    private readonly InputShape _input;
    private int _step;

    public GrowthPair(string network, ExponentialGrowth growth, string[]? patterns = null, InputShape? input = null)
    {
        _input = input ?? new InputShape(3, 8, 8, 4);
        Decaying = Build(network);
        Growing = Build(network);
        Sgd = new Sgd(ParameterGroup.Of(Decaying, patterns ?? []), nesterov: false);
        Invariance = ScaleInvariance.Of(Growing);
        Exponential = new ExponentialSgd(ParameterGroup.Of(Growing, patterns ?? [], Invariance), Invariance, growth);
    }

    public Layer Decaying { get; }

    public Layer Growing { get; }

    public Sgd Sgd { get; }

    public ExponentialSgd Exponential { get; }

    public ScaleInvariance Invariance { get; }

    /// <summary>Updates of both, each compared in training; the largest difference of their losses and of the norms of their gradients.</summary>
    public double Updates(IEnumerable<HyperParameters> plan, Func<HyperParameters, HyperParameters[]>? groups = null)
    {
        var worst = 0.0;
        foreach (var made in plan)
        {
            var own = groups?.Invoke(made) ?? [];
            var (decaying, growing) = (Update(Decaying, Sgd, made, own), Update(Growing, Exponential, made, own));
            worst = Math.Max(worst, Math.Max(Math.Abs(decaying.Loss - growing.Loss), Math.Abs((growing.Norm / decaying.Norm) - 1)));
            _step++;
        }

        return worst;
    }

    /// <summary>An update of the growing network alone.</summary>
    public double Grow(in HyperParameters made)
    {
        var loss = Update(Growing, Exponential, made, []).Loss;
        _step++;
        return loss;
    }

    /// <summary>The largest difference of any output in evaluation.</summary>
    public double Difference() => Outputs(Decaying).Zip(Outputs(Growing), (a, b) => Math.Abs(a - b)).Max();

    public double[] Outputs(Layer network)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        return Numbers.Values(network.Forward(Batch(1000), ForwardMode.Evaluation));
    }

    public void Dispose()
    {
        Exponential.Dispose();
        Sgd.Dispose();
        Growing.Dispose();
        Decaying.Dispose();
    }

    private Layer Build(string network)
    {
        Engine.Seed(5);
        var layers = NetworkCatalog.Parse(network).Build(_input);
        layers.ConvertTo(ScalarType.Float64);
        return layers;
    }

    private (double Loss, double Norm) Update(Layer network, Optimizer optimizer, in HyperParameters made, HyperParameters[] groups)
    {
        using var scope = TensorScope.Begin();
        long[] labels = [.. Enumerable.Range(0, Samples).Select(i => (long)((i + _step) % _input.Classes))];
        var loss = new CrossEntropy().Of(network.Forward(Batch(_step), ForwardMode.Training), Ops.From<long>(labels, [Samples]));
        loss.Backward();
        optimizer.TakeGradients();
        var norm = optimizer.GradientNorm();
        optimizer.Step(made, groups);
        return (loss.Item(), norm);
    }

    private Tensor Batch(int step) => Numbers.Random(step, Samples, _input.Channels, _input.Height, _input.Width);
}
