using System.Collections.Immutable;
using Rubato.Torch.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Lengths;

/// <summary>
/// The weights of a network whose length has no effect on its function. They are found from the structure: a normalization follows on every
/// path to the output. The last layer and the parameters of the normalizations are never among them.
/// </summary>
/// <remarks>
/// Normalizations add a constant to the variance, 1e-5 here, which is not negligible beside a small variance. So the constant and the
/// running statistics follow the scale of the weights (<see cref="Layers.GhostBatchNorm.InputScale"/>). Then <c>L(c w) = L(w)</c> is
/// exact, in training and in evaluation. Immutable; the parameters belong to the network. Find them anew after a conversion to another type
/// or device, which may replace them.
/// </remarks>
public sealed class ScaleInvariance
{
    private readonly HashSet<Parameter> _weights;

    internal ScaleInvariance(ImmutableArray<ScaleInvariantPart> parts)
    {
        Parts = parts;
        _weights = new HashSet<Parameter>(parts.SelectMany(part => part.Weights), ReferenceEqualityComparer.Instance);
        Elements = _weights.Sum(weight => weight.numel());
    }

    /// <summary>The parts, each with a length of its own, in the order of the network.</summary>
    public ImmutableArray<ScaleInvariantPart> Parts { get; }

    /// <summary>How many numbers there are in the weights of all parts.</summary>
    public long Elements { get; }

    /// <summary>Finds the scale-invariant weights of a network.</summary>
    /// <param name="network">
    /// The network, on its device and of its type. Weights before a module that <see cref="LengthTrace.Through"/> does not know are not
    /// found.
    /// </param>
    /// <returns>What was found; no parts if there are none.</returns>
    public static ScaleInvariance Of(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var trace = new LengthTrace();
        trace.Other(trace.Through(network, null));
        var names = new Dictionary<Parameter, string>(ReferenceEqualityComparer.Instance);
        foreach (var (name, parameter) in network.named_parameters())
        {
            names.TryAdd(parameter, name);
        }

        return new ScaleInvariance(
        [
            .. from part in trace.Invariant
               select new ScaleInvariantPart(
                   [.. part.Streams.Select(stream => names[stream.Weight])],
                   [.. part.Streams.Select(stream => stream.Weight)],
                   [.. part.Streams.Select(stream => stream.Bias).OfType<Parameter>()])
               {
                   Normalizations = [.. part.Normalizations.Select(ScaledNormalization.Of).OfType<ScaledNormalization>()],
               },
        ]);
    }

    /// <summary>Whether a parameter is among the weights.</summary>
    /// <param name="parameter">A parameter of the network.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(Parameter parameter) => _weights.Contains(parameter);

    /// <summary>Makes the weights c times as long, with the biases and statistics that follow them; the function stays the same.</summary>
    /// <param name="factor">c; finite, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is not finite or not above 0.</exception>
    public void Scale(double factor)
    {
        if (!(double.IsFinite(factor) && factor > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "factor must be a finite number above 0.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var part in Parts)
        {
            foreach (var parameter in part.Weights.Concat(part.Biases))
            {
                parameter.TimesInPlace(factor);
            }

            foreach (var normalization in part.Normalizations)
            {
                normalization.ScaleInput(factor);
            }
        }
    }
}
