using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Lengths;

/// <summary>Parameters that get their length together: a weight, and the bias of the same layer.</summary>
/// <param name="Name">The weight's full name.</param>
/// <param name="Weight">The weight, which is trained.</param>
/// <param name="BiasName">The bias's full name; empty for none.</param>
/// <param name="Bias">The bias; null for none.</param>
internal sealed record LengthMember(string Name, Parameter Weight, string BiasName, Parameter? Bias)
{
    private const string WeightSuffix = "weight";
    private const string BiasSuffix = "bias";

    internal IEnumerable<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <summary>
    /// All trained parameters but those of normalizations, in the network's order. A bias stands with the weight of the same name, as
    /// <c>conv1.bias</c> with <c>conv1.weight</c>.
    /// </summary>
    internal static IReadOnlyList<LengthMember> Of(Module network)
    {
        var normalizations = network.named_modules()
            .Where(named => ScaledNormalization.Is(named.module))
            .SelectMany(named => named.module.parameters(recurse: false))
            .ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var named = network.named_parameters().Where(pair => !normalizations.Contains(pair.parameter)).ToList();
        var byName = named.ToDictionary(pair => pair.name, pair => pair.parameter, StringComparer.Ordinal);
        var biases = named
            .Where(pair => pair.name.EndsWith(WeightSuffix, StringComparison.Ordinal) && pair.parameter.requires_grad)
            .Select(pair => BiasOf(pair.name))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from pair in named
               where pair.parameter.requires_grad && !biases.Contains(pair.name)
               let bias = pair.name.EndsWith(WeightSuffix, StringComparison.Ordinal) ? byName.GetValueOrDefault(BiasOf(pair.name)) : null
               select new LengthMember(pair.name, pair.parameter, bias is null ? "" : BiasOf(pair.name), bias),
        ];
    }

    private static string BiasOf(string weight) => weight[..^WeightSuffix.Length] + BiasSuffix;
}
