using Rubato.Language;

namespace Rubato.Cli.Settings;

/// <summary>The name of a run that was given none.</summary>
internal static class RunNaming
{
    /// <summary>The data set's kind and the network's name, e.g. <c>mnist-mlp</c>; the folder adds a number.</summary>
    internal static string DefaultName(TrainSettings settings)
    {
        var kind = settings.Data.Split(':', '(')[0].Trim();
        return $"{kind}-{CallExpression.Parse(settings.Network, "--network").Name}";
    }
}
