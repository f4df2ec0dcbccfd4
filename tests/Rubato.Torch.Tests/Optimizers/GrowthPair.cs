using Rubato.Cli.Catalog;
using Rubato.Rewrites;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

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

    public Module<Tensor, Tensor> Decaying { get; }

    public Module<Tensor, Tensor> Growing { get; }

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

    public double[] Outputs(Module<Tensor, Tensor> network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var outputs = Numbers.Values(network.call(Batch(1000)));
        network.train();
        return outputs;
    }

    public void Dispose()
    {
        Exponential.Dispose();
        Sgd.Dispose();
        Growing.Dispose();
        Decaying.Dispose();
    }

    private Module<Tensor, Tensor> Build(string network)
    {
        Engine.Seed(5);
        var layers = NetworkCatalog.Parse(network).Build(_input);
        layers.ConvertTo(ScalarType.Float64);
        return layers;
    }

    private (double Loss, double Norm) Update(Module<Tensor, Tensor> network, Optimizer optimizer, in HyperParameters made, HyperParameters[] groups)
    {
        using var scope = NewDisposeScope();
        long[] labels = [.. Enumerable.Range(0, Samples).Select(i => (long)((i + _step) % _input.Classes))];
        var loss = Losses.CrossEntropy(network.call(Batch(_step)), tensor(labels));
        loss.backward();
        optimizer.TakeGradients();
        var norm = optimizer.GradientNorm();
        optimizer.Step(made, groups);
        return (loss.item<double>(), norm);
    }

    private Tensor Batch(int step) => Numbers.Random(step, Samples, _input.Channels, _input.Height, _input.Width);
}
