using System.Collections.Immutable;
using Rubato.Torch.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Lengths;

/// <summary>
/// Finds the scale-invariant weights of a network whose structure is not known, by trying: weights are made four times as long, and the
/// inputs of all normalizations and the loss show what comes of it.
/// </summary>
/// <remarks>
/// <para>
/// A factor of four only moves the exponents of binary numbers. Where a normalization takes it away, all that follows has the same bits, so
/// that even a small effect shows. Parameters are moved a little first, so that zeros, which many networks begin with, hide nothing.
/// </para>
/// <para>
/// A weight counts if each normalization that it reaches directly gets exactly four times its input, and all else stays, once the
/// constants of these normalizations have followed. Weights that are added up before a normalization count together: if the input is no
/// multiple, those members are added to the first whose effects make up what is missing.
/// </para>
/// <para>
/// The network must be called as modules are (<c>call</c>), since hooks see the normalizations. Changes parameters and running statistics;
/// the caller puts them back.
/// </para>
/// </remarks>
internal sealed class LengthExperiment : IDisposable
{
    private const double Factor = 4;

    // Chosen, not fitted. Parameters are moved by a twentieth of their size, or by this much if they are 0.
    private const double Moved = 0.05;

    // Chosen, not fitted: a bias moved by twice what enters a normalization changes what follows, unless it is taken away again. Once it
    // may change the loss by little, by chance. What it is taken away from has other roundings.
    private const double BiasShift = 2;
    private const int BiasTrials = 3;
    private const double BiasRoundings = 10;

    // Streams with more writers between two normalizations are not looked for.
    private const int MostAddedAtOnce = 3;

    private readonly NormalizationProbe _probe;
    private readonly Func<double> _loss;
    private readonly double _tolerance;
    private readonly NormalizedInputs _before;
    private readonly Dictionary<LengthMember, Deviation> _deviations = [];
    private readonly HashSet<ScaledNormalization> _taken = [];

    private LengthExperiment(Module network, Func<double> loss)
    {
        (_probe, _loss) = (new NormalizationProbe(network), loss);

        // Chosen, not fitted: some roundings.
        _tolerance = network.parameters().First().dtype == ScalarType.Float64 ? 1e-12 : 1e-5;
        _before = _probe.See(_loss);
    }

    /// <summary>Finds them.</summary>
    /// <param name="network">The network, on its device and of its type, in training mode.</param>
    /// <param name="loss">
    /// The loss of one batch, computed without gradients; the same number whenever it is computed with the same parameters.
    /// </param>
    /// <returns>What was found; no parts if there are none, or the loss is not finite.</returns>
    internal static ScaleInvariance Find(Module network, Func<double> loss)
    {
        using var noGrad = no_grad();
        var members = LengthMember.Of(network);
        if (members.Count == 0)
        {
            return new ScaleInvariance([]);
        }

        foreach (var parameter in network.parameters().Where(parameter => parameter.requires_grad))
        {
            using var scope = NewDisposeScope();
            var size = MemoryOrder.Number(parameter.square().mean().sqrt());
            parameter.PlusInPlace(randn_like(parameter), Moved * (size > 0 ? size : 1));
        }

        using var experiment = new LengthExperiment(network, loss);
        return new ScaleInvariance(experiment.Find(members));
    }

    public void Dispose()
    {
        foreach (var deviation in _deviations.Values)
        {
            deviation.Dispose();
        }

        _before.Dispose();
        _probe.Dispose();
    }

    private ImmutableArray<ScaleInvariantPart> Find(IReadOnlyList<LengthMember> members)
    {
        var parts = new List<(int Place, ScaleInvariantPart Part)>();
        var left = new List<LengthMember>();
        foreach (var (place, member) in members.Index())
        {
            var (behind, deviation) = Try([member]);
            if (behind is not null)
            {
                Accept(place, [member], behind);
                continue;
            }

            left.Add(member);
            if (deviation is not null)
            {
                _deviations.Add(member, deviation);
            }
        }

        foreach (var seed in left.ToList())
        {
            if (left.Contains(seed) && Grow(seed, left) is var (together, behind))
            {
                Accept(members.ToList().IndexOf(seed), together, behind);
                left.RemoveAll(together.Contains);
            }
        }

        return [.. parts.OrderBy(pair => pair.Place).Select(pair => pair.Part)];

        // Of weights in a row before one normalization, only the first can grow: its input would get the factor twice.
        void Accept(int place, IReadOnlyList<LengthMember> together, IReadOnlySet<ScaledNormalization> behind)
        {
            if (!behind.Overlaps(_taken))
            {
                _taken.UnionWith(behind);
                parts.Add((place, PartOf(together, behind)));
            }
        }
    }

    // Adds the members that are added up with the first one, normalization by normalization.
    private (IReadOnlyList<LengthMember> Together, IReadOnlySet<ScaledNormalization> Behind)? Grow(
        LengthMember seed, IReadOnlyList<LengthMember> left)
    {
        if (!_deviations.ContainsKey(seed))
        {
            return null;
        }

        var together = new List<LengthMember> { seed };
        while (true)
        {
            var (behind, stuck) = Try(together);
            if (behind is not null)
            {
                return (together, behind);
            }

            using (stuck)
            {
                if (stuck is null || Completing(stuck, together, left) is not { } added)
                {
                    return null;
                }

                together.AddRange(added);
            }
        }
    }

    // The normalizations behind the members if their common length has no effect; otherwise the first call that shows one, if there is any.
    private (IReadOnlySet<ScaledNormalization>? Behind, Deviation? Deviation) Try(IReadOnlyList<LengthMember> members)
    {
        var behind = new HashSet<ScaledNormalization>();
        try
        {
            Scale(members, Factor);
            while (true)
            {
                using var now = _probe.See(_loss);
                if (!now.HasShapesOf(_before))
                {
                    return (null, null);
                }

                var changes = now.Calls.Select((call, i) => ChangeOf(_before.Calls[i].Input, call.Input)).ToList();
                var more = changes
                    .Select((change, i) => change == Change.Scaled ? now.Calls[i].Layer : null)
                    .OfType<ScaledNormalization>()
                    .Where(behind.Add)
                    .ToList();
                if (more.Count > 0)
                {
                    more.ForEach(layer => layer.InputScale = Factor);
                    continue;
                }

                var first = changes.FindIndex(change => change == Change.Other);
                if (first >= 0)
                {
                    return (null, Deviation.Of(first, _before.Calls[first].Input, now.Calls[first].Input, Factor));
                }

                var isWhole = changes.Zip(now.Calls).All(pair => (pair.First == Change.Scaled) == behind.Contains(pair.Second.Layer));
                return (isWhole && behind.Count > 0 && IsSame(_before.Loss, now.Loss) ? behind : null, null);
            }
        }
        finally
        {
            Scale(members, 1 / Factor);
            foreach (var layer in behind)
            {
                layer.InputScale = 1;
            }
        }
    }

    // The members whose effects make up what is missing to a multiple; null if there are none.
    private IReadOnlyList<LengthMember>? Completing(
        Deviation stuck, IReadOnlyList<LengthMember> together, IReadOnlyList<LengthMember> left)
    {
        var others = left
            .Where(member => !together.Contains(member) && _deviations.TryGetValue(member, out var own) && own.Call == stuck.Call)
            .ToList();
        for (var count = 1; count <= Math.Min(MostAddedAtOnce, others.Count); count++)
        {
            foreach (var chosen in Choices(others, count))
            {
                using var scope = NewDisposeScope();
                var sum = chosen.Select(member => _deviations[member].Effect).Aggregate((a, b) => a + b);
                if (IsClose(sum, stuck.Missing, MemoryOrder.Number(_before.Calls[stuck.Call].Input.abs().max())))
                {
                    return chosen;
                }
            }
        }

        return null;
    }

    private static IEnumerable<IReadOnlyList<LengthMember>> Choices(IReadOnlyList<LengthMember> others, int count) => count == 0
        ? [[]]
        : others.Index().SelectMany(first => Choices([.. others.Skip(first.Index + 1)], count - 1)
            .Select(rest => (IReadOnlyList<LengthMember>)[first.Item, .. rest]));

    private ScaleInvariantPart PartOf(IReadOnlyList<LengthMember> together, IReadOnlySet<ScaledNormalization> behind)
    {
        var (names, weights, biases) = (new List<string>(), new List<Parameter>(), new List<Parameter>());
        foreach (var member in together)
        {
            names.Add(member.Name);
            weights.Add(member.Weight);
            if (member.Bias is not { } bias)
            {
                continue;
            }

            if (!bias.requires_grad || IsTakenAway(bias, behind))
            {
                biases.Add(bias);
            }
            else
            {
                names.Add(member.BiasName);
                weights.Add(bias);
            }
        }

        return new ScaleInvariantPart([.. names], [.. weights], [.. biases])
        {
            Normalizations = [.. _probe.Layers.Where(behind.Contains)],
        };
    }

    // At random for each number: layer normalization takes away what all of them have in common.
    private bool IsTakenAway(Parameter bias, IReadOnlySet<ScaledNormalization> behind)
    {
        using var scope = NewDisposeScope();
        var size = MemoryOrder.Number(_before.Calls.First(call => behind.Contains(call.Layer)).Input.square().mean().sqrt());
        var kept = bias.clone();
        for (var trial = 0; trial < BiasTrials; trial++)
        {
            bias.PlusInPlace(randn_like(bias), BiasShift * size);
            using var moved = _probe.See(_loss);
            bias.copy_(kept);
            if (!moved.HasShapesOf(_before) || !IsAlike(moved, behind))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAlike(NormalizedInputs moved, IReadOnlySet<ScaledNormalization> behind)
    {
        var most = BiasRoundings * _tolerance;
        return Math.Abs(moved.Loss - _before.Loss) <= most * Math.Max(Math.Abs(_before.Loss), 1e-3)
            && _before.Calls.Zip(moved.Calls)
                .Where(pair => !behind.Contains(pair.First.Layer))
                .All(pair => Distance(pair.First.Input, pair.Second.Input) <= BiasRoundings * most);
    }

    private static double Distance(Tensor before, Tensor now)
    {
        using var scope = NewDisposeScope();
        var size = MemoryOrder.Number(before.abs().max());
        return size == 0 ? 0 : MemoryOrder.Number((now - before).abs().max()) / size;
    }

    private Change ChangeOf(Tensor before, Tensor now)
    {
        using var scope = NewDisposeScope();
        var size = MemoryOrder.Number(before.abs().max());
        return IsClose(now, before, size) ? Change.None
            : IsClose(now, before.Times(Factor), Factor * size) ? Change.Scaled
            : Change.Other;
    }

    private bool IsClose(Tensor a, Tensor b, double size) => MemoryOrder.Number((a - b).abs().max()) <= _tolerance * size;

    private bool IsSame(double before, double now) => Math.Abs(now - before) <= _tolerance * Math.Max(Math.Abs(before), 1e-3);

    private static void Scale(IEnumerable<LengthMember> members, double factor)
    {
        foreach (var parameter in members.SelectMany(member => member.Parameters).Distinct<Parameter>(ReferenceEqualityComparer.Instance))
        {
            parameter.TimesInPlace(factor);
        }
    }

    private enum Change
    {
        None,
        Scaled,
        Other,
    }

    /// <summary>The first normalization whose input is neither as before nor a multiple.</summary>
    /// <param name="Call">The number of its call.</param>
    /// <param name="Effect">What the longer weights have added to the input.</param>
    /// <param name="Missing">What is missing to a multiple.</param>
    private sealed record Deviation(int Call, Tensor Effect, Tensor Missing) : IDisposable
    {
        internal static Deviation Of(int call, Tensor before, Tensor now, double factor)
        {
            using var scope = NewDisposeScope();
            return new(call, (now - before).DetachFromDisposeScope(), (before.Times(factor) - now).DetachFromDisposeScope());
        }

        public void Dispose()
        {
            Effect.Dispose();
            Missing.Dispose();
        }
    }
}
