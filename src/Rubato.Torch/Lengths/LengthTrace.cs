using Rubato.Torch.Layers;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Lengths;

/// <summary>
/// Follows through a network what becomes of the length of its weights: which of them can be c times as long without an effect on the
/// function, because every path from them to the output leads through a normalization.
/// </summary>
/// <remarks>
/// Each method is a kind of operation: it takes the streams that enter it, null for numbers that depend on no length, and returns the one
/// that leaves. A parameter is told from another by its object, since <c>==</c> compares the numbers of tensors.
/// Streams that are added to each other become one: only with all its weights scaled together does a normalization take the factor away. Li
/// and Arora 2019, arXiv 1910.07454.
/// </remarks>
public sealed class LengthTrace
{
    private readonly List<LengthStream> _streams = [];
    private readonly HashSet<LengthStream> _seen = [];
    private readonly HashSet<Parameter> _fixed = new(ReferenceEqualityComparer.Instance);
    private readonly List<(LengthStream Stream, GhostBatchNorm Normalization)> _normalized = [];

    internal LengthTrace()
    {
    }

    /// <summary>
    /// What normalizations take away, and nothing else sees: weights and biases that belong together, with their normalizations.
    /// </summary>
    internal IEnumerable<(IReadOnlyList<LengthStream> Streams, IReadOnlyList<GhostBatchNorm> Normalizations)> Invariant
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
                   select ((IReadOnlyList<LengthStream>)[.. part], (IReadOnlyList<GhostBatchNorm>)normalizations);
        }
    }

    /// <summary>
    /// A module: what it says itself (<see cref="ILengthTraced"/>), or what is known of TorchSharp's linear layers and convolutions of
    /// images, ReLU, poolings, dropout, flattening and sequences, and of <see cref="GhostBatchNorm"/>. Any other is <see cref="Other"/>.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="input">What enters.</param>
    /// <returns>What leaves.</returns>
    public LengthStream? Through(Module module, LengthStream? input) => module switch
    {
        ILengthTraced traced => traced.Trace(input, this),
        Linear linear => Weighted(input, linear.weight, linear.bias),
        Conv2d convolution => Weighted(input, convolution.weight, convolution.bias),
        GhostBatchNorm normalization => Normalized(input, normalization),
        ReLU or MaxPool2d or AvgPool2d or AdaptiveAvgPool2d or GlobalAveragePool or Dropout => Homogeneous(input),
        Flatten => input,
        // A class derived from it may pass its modules in another way.
        Sequential when module.GetType() == typeof(Sequential) => InOrder(module.children(), input),
        _ => Other(input),
    };

    /// <summary>Modules, each of which takes what left the one before it.</summary>
    /// <param name="modules">First to last.</param>
    /// <param name="input">What enters the first.</param>
    /// <returns>What leaves the last.</returns>
    public LengthStream? InOrder(IEnumerable<Module> modules, LengthStream? input) =>
        modules.Aggregate(input, (stream, module) => Through(module, stream));

    /// <summary>A matrix product or convolution: <c>x W + b</c>.</summary>
    /// <param name="input">What enters.</param>
    /// <param name="weight">W.</param>
    /// <param name="bias">b; null for none.</param>
    /// <returns>What leaves: a stream that begins here, or the one that entered.</returns>
    public LengthStream? Weighted(LengthStream? input, Parameter weight, Parameter? bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var earlier = _streams.Find(stream => ReferenceEquals(stream.Weight, weight));
        if (input is not null)
        {
            // The sum of numbers that are c times as large and of a bias that is not is no multiple of either; nor is their product with a
            // weight that grows, too.
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
        // A bias directly before a normalization has no effect and no gradient, and only follows the scale. Past a ReLU it has both.
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
    /// <param name="normalization">The layer.</param>
    /// <returns>What leaves: null.</returns>
    public LengthStream? Normalized(LengthStream? input, GhostBatchNorm normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        if (input is not null)
        {
            // A layer that is used again has one scale for all that enters it.
            _normalized.Find(pair => pair.Normalization == normalization).Stream?.Join(input);
            _normalized.Add((input, normalization));
        }

        return null;
    }

    /// <summary>Any other operation, and the output of the network: it sees how large the numbers are.</summary>
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
