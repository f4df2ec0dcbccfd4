using System.Globalization;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>
/// The <c>config.yaml</c> of a run that a program asked for: the settings that have a text, under the names of the command's flags.
/// </summary>
internal static class ConfigurationText
{
    /// <summary>The first line, by which the command tells such a file from its own.</summary>
    internal const string FirstLine = "# Made by a program: network and data are not in this file, so the command rubato cannot run it.";

    internal static string Of(TrainerSettings settings, TrainingTask task)
    {
        var plan = task.Plan.Settings;
        (string Key, string? Value)[] lines =
        [
            ("network", task.Names.Network),
            ("optimizer", task.Names.Optimizer),
            ("lr", $"{task.Rate}"),
            ("batch", $"{task.Batch}"),
            ("length", $"{settings.Length}"),
            ("momentum", task.Momentum?.ToString()),
            ("weight-decay", $"{plan.WeightDecay}"),
            ("clip-norm", task.ClipNorm?.ToString()),
            ("clip-value", task.ClipValue?.ToString()),
            ("groups", task.Groups == ParameterGroups.None ? null : $"{task.Groups}"),
            ("rewrite", task.Rewrite.IsEmpty ? null : $"{task.Rewrite}"),
            ("guard", task.IsGuarded ? "on" : "off"),
            ("micro-batch", task.MicroBatch?.ToString(CultureInfo.InvariantCulture)),
            ("validation", settings.Validation is { } share ? $"{(Schedule)share}" : null),
            ("best", task.Best?.Text()),
            ("stop-early", task.StopEarly?.ToString(CultureInfo.InvariantCulture)),
            ("seed", task.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
        return FirstLine + "\n"
            + string.Concat(lines.Where(line => line.Value is not null).Select(line => $"{line.Key}: \"{line.Value}\"\n"));
    }
}
