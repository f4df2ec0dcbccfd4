using Rubato.Control;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Verifying;

/// <summary>One of several runs that are made side by side in one process, each with its own random state.</summary>
internal sealed class Twin : IDisposable
{
    private readonly RunParts _parts;
    private readonly TrainingTask _run;
    private readonly RoundingNoise? _rounding;
    private readonly Dictionary<string, Parameter> _weights;
    private Tensor _random;

    /// <summary>Sets up the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="rounding">Seed of the perturbation in the last bit; null leaves the weights as they are.</param>
    internal Twin(TrainingTask run, ScalarType type, long? rounding = null)
    {
        _run = run;
        _parts = new RunParts(run, type: type);
        SingleSamples.Require(run, _parts.Training);
        _random = Engine.RandomState();
        _weights = _parts.Network.named_parameters().ToDictionary(named => named.name, named => named.parameter, StringComparer.Ordinal);
        _rounding = rounding is { } which ? new RoundingNoise(_parts.Network, run.Seed, which) : null;
    }

    internal long Parameters => _parts.Parameters;

    internal IReadOnlyList<string> Notes => _parts.Loaded?.Notes ?? [];

    internal long Updates => _parts.Loop.Progress.Updates;

    internal long Samples => _parts.Loop.Progress.Samples;

    internal bool IsOver => _run.Plan.IsOver(Samples);

    /// <summary>Whether the last update was not made because its loss was not finite and no guard went back.</summary>
    internal bool HasDiverged { get; private set; }

    /// <summary>The optimizer and the growing weights of a run in exponential form; null for other runs.</summary>
    internal ExponentialParts? Exponential => _parts.Exponential;

    /// <summary>What ends it, and with it all processes after the same update.</summary>
    internal CancellationToken Agree(CancellationToken cancellation) => _parts.Team.Agree(cancellation);

    private Objective HeldOut =>
        _parts.HeldOut ?? throw new InvalidOperationException("A verification compares outputs of held-out samples, but there are none.");

    /// <summary>Makes an update, unless the plan is at its end. A twin whose guard went back reaches that later than the others.</summary>
    /// <returns>The loss of its batch before it; NaN if none was made.</returns>
    internal double Step()
    {
        if (IsOver)
        {
            return double.NaN;
        }

        Engine.SetRandomState(_random);
        var loss = _parts.Loop.Step().Loss;
        _random.Dispose();
        _random = Engine.RandomState();
        _rounding?.Apply();
        HasDiverged = !double.IsFinite(loss) && _parts.Loop.Guard?.Decision is not (GuardDecision.RollBack or GuardDecision.Restart);
        return loss;
    }

    /// <summary>The network's outputs for some test samples, in evaluation, sample by sample.</summary>
    internal double[] Outputs(ReadOnlySpan<int> samples)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _parts.Network.eval();
        return MemoryOrder.ToArray<double>(HeldOut.Outputs(samples).to(ScalarType.Float64));
    }

    /// <summary>Weights of a length in common, as one vector of length 1.</summary>
    /// <param name="names">Their full names.</param>
    internal double[] Direction(IEnumerable<string> names)
    {
        using var scope = NewDisposeScope();
        double[] weights =
        [
            .. names.SelectMany(name => MemoryOrder.ToArray<double>(_weights[name].detach().to(ScalarType.Float64))),
        ];
        var norm = Math.Sqrt(weights.Sum(value => value * value));
        return Array.ConvertAll(weights, value => value / norm);
    }

    /// <summary>The share of the test set that it classifies right, 0..1.</summary>
    internal double Accuracy() => Evaluation.Of(HeldOut, chosen: null, _parts.Team).Accuracy;

    public void Dispose()
    {
        _rounding?.Dispose();
        _random.Dispose();
        _parts.Dispose();
    }
}
