namespace Rubato.Torch.Running;

/// <summary>The folder and the configuration file of a run.</summary>
/// <param name="Folder">The folder that holds run folders.</param>
/// <param name="Name">The run's name; null takes <paramref name="DefaultName"/> and a number.</param>
/// <param name="DefaultName">The name of a run that was given none.</param>
/// <param name="Configuration">The text of its <c>config.yaml</c>.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RunTarget(string Folder, string? Name, string DefaultName, string Configuration);
