using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// The weight decay of a param group of TorchSharp: the public field <c>weight_decay</c> of its options. There is no interface for it, and
/// each optimizer has its own type of options.
/// </summary>
internal static class TorchSharpDecay
{
    /// <summary>The weight decay.</summary>
    /// <returns>At least 0; null if there is none.</returns>
    internal static double? Read(optim.ILearningRateController group) => FieldOf(group)?.GetValue(((ParamGroup)group).Options) as double?;

    /// <summary>Sets the weight decay; nothing is done where there is none.</summary>
    internal static void Write(optim.ILearningRateController group, double decay) =>
        FieldOf(group)?.SetValue(((ParamGroup)group).Options, decay);

    private static FieldInfo? FieldOf(optim.ILearningRateController group) =>
        (group as ParamGroup)?.Options.GetType().GetField("weight_decay") is { } field && field.FieldType == typeof(double?) ? field : null;
}
