using Rubato.Torch.Layers;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Lengths;

/// <summary>
/// Follows the forward pass to find the weights whose length has no effect on the function, because every path from them to the output
/// leads through a normalization.
/// </summary>
/// <remarks>
/// Each method is a kind of operation. It takes the streams that enter, null for numbers that depend on no length, and returns the one that
/// leaves. Parameters are compared as objects, since <c>==</c> compares the numbers of tensors. Streams that are added become one: a
/// normalization takes a factor away only if all their weights have it. Li and Arora 2019, arXiv 1910.07454.
/// </remarks>
public sealed class LengthTrace
{
    private readonly List<LengthStream> _streams = [];
    private readonly HashSet<LengthStream> _seen = [];
    private readonly HashSet<Parameter> _fixed = new(ReferenceEqualityComparer.Instance);
    private readonly List<(LengthStream Stream, Module Normalization)> _normalized = [];

    internal LengthTrace()
    {
    }

    /// <summary>
    /// Weights and biases that only normalizations depend on, grouped by common length, with those normalizations.
    /// </summary>
    internal IEnumerable<(IReadOnlyList<LengthStream> Streams, IReadOnlyList<Module> Normalizations)> Invariant
    {
        get
        {
            var seen = _seen.Select(stream => stream.Root).ToHashSet();
            return from stream in _streams
                   group stream by stream.Root into part
                   where !seen.Contains(part.Key)
                   let normalizations = _normalized
                       .Where(pair => pair.Stream.Root == part.Key)
                       .Select(pair => pair.Normalization)
                       .Distinct()
                       .ToList()
                   where normalizations.Count > 0
                   select ((IReadOnlyList<LengthStream>)[.. part], (IReadOnlyList<Module>)normalizations);
        }
    }

    /// <summary>
    /// A module. It may say itself how it is followed (<see cref="ILengthTraced"/>). Known besides are <see cref="GhostBatchNorm"/> and
    /// TorchSharp's linear layers, convolutions of images, normalizations, ReLU, poolings, dropout, flattening and sequences. Any other is
    /// <see cref="Other"/>.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="input">What enters.</param>
    /// <returns>What leaves.</returns>
    public LengthStream? Through(Module module, LengthStream? input) => module switch
    {
        ILengthTraced traced => traced.Trace(input, this),
        Linear linear => Weighted(input, linear.weight, linear.bias),
        Conv2d convolution => Weighted(input, convolution.weight, convolution.bias),
        _ when ScaledNormalization.Is(module) => Normalized(input, module),
        ReLU or MaxPool2d or AvgPool2d or AdaptiveAvgPool2d or GlobalAveragePool or Dropout => Homogeneous(input),
        Flatten => input,
        // A derived class may call its modules in another order.
        Sequential when module.GetType() == typeof(Sequential) => InOrder(module.children(), input),
        _ => Other(input),
    };

    /// <summary>Modules in a row: the output of each is the input of the next.</summary>
    /// <param name="modules">First to last.</param>
    /// <param name="input">What enters the first.</param>
    /// <returns>What leaves the last.</returns>
    public LengthStream? InOrder(IEnumerable<Module> modules, LengthStream? input) =>
        modules.Aggregate(input, (stream, module) => Through(module, stream));

    /// <summary>A matrix product or convolution: <c>x W + b</c>.</summary>
    /// <param name="input">The stream that enters.</param>
    /// <param name="weight">W.</param>
    /// <param name="bias">b; null for none.</param>
    /// <returns>The stream that leaves: it begins here, or is the one that entered.</returns>
    public LengthStream? Weighted(LengthStream? input, Parameter weight, Parameter? bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var earlier = _streams.Find(stream => ReferenceEquals(stream.Weight, weight));
        if (input is not null)
        {
            // The input carries the factor c already. A bias adds numbers without it, and a weight that grows adds another factor, so the
            // output would be no multiple by c.
            _ = Other(earlier);
            _fixed.Add(weight);
            return bias is null && earlier is null ? input : Other(input);
        }

        if (!weight.requires_grad || _fixed.Contains(weight))
        {
            return null;
        }

        if (earlier is not null)
        {
            return earlier;
        }

        var stream = new LengthStream(weight, bias);
        _streams.Add(stream);
        return stream;
    }

    /// <summary>An operation with <c>f(c x) = c f(x)</c> for any c above 0: a ReLU, a pooling, a choice of elements.</summary>
    /// <param name="input">What enters.</param>
    /// <returns>What leaves.</returns>
    public LengthStream? Homogeneous(LengthStream? input)
    {
        // A bias directly before a normalization has no effect and no gradient, so it may follow the scale. Past a ReLU it has both.
        return input is not null && _streams.Exists(stream => stream.Root == input.Root && stream.Bias is not null) ? Other(input) : input;
    }

    /// <summary>A sum.</summary>
    /// <param name="first">What enters.</param>
    /// <param name="second">What is added to it.</param>
    /// <returns>What leaves.</returns>
    public LengthStream? Added(LengthStream? first, LengthStream? second)
    {
        if (first is null || second is null)
        {
            return Other(first ?? second);
        }

        first.Join(second);
        return first;
    }

    /// <summary>A normalization: it takes the factor away.</summary>
    /// <param name="input">What enters.</param>
    /// <param name="normalization">
    /// The layer: <see cref="GhostBatchNorm"/>, or TorchSharp's batch, instance, group or layer normalization. Any other is
    /// <see cref="Other"/>.
    /// </param>
    /// <returns>What leaves: null.</returns>
    /// <remarks>
    /// Group and layer normalization do not take away a bias before them, which then counts as a number without the factor.
    /// </remarks>
    public LengthStream? Normalized(LengthStream? input, Module normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        if (input is null)
        {
            return null;
        }

        var enters = ScaledNormalization.TakesBiasAway(normalization) ? input : Homogeneous(input);
        if (enters is null || !ScaledNormalization.Is(normalization))
        {
            return Other(enters);
        }

        // A layer that is used twice has one scale for both inputs.
        _normalized.Find(pair => pair.Normalization == normalization).Stream?.Join(input);
        _normalized.Add((input, normalization));
        return null;
    }

    /// <summary>Any other operation, and the output of the network: its result depends on how large the numbers are.</summary>
    /// <param name="input">What enters.</param>
    /// <returns>What leaves: null.</returns>
    public LengthStream? Other(LengthStream? input)
    {
        if (input is not null)
        {
            _seen.Add(input);
        }

        return null;
    }
}
