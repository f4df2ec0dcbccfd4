namespace Rubato.Torch.Running;

/// <summary>The folder and the configuration file of a run.</summary>
/// <param name="Folder">The folder that holds run folders.</param>
/// <param name="Name">The run's name; null takes <paramref name="DefaultName"/> and a number.</param>
/// <param name="DefaultName">The name of a run that was given none.</param>
/// <param name="Configuration">The text of its <c>config.yaml</c>.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RunTarget(string Folder, string? Name, string DefaultName, string Configuration)
{
    /// <summary>How the run is saved.</summary>
    internal SaveSettings Saving { get; init; } = new(SaveInterval.Usual, SaveSettings.UsualKeep);

    /// <summary>The folder of a run that goes on; null for a new one.</summary>
    internal string? Resumed { get; init; }

    /// <summary>What to do if that was another plan.</summary>
    internal ResumePolicy Policy { get; init; }
}
