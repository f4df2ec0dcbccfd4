using System.Text.Json;
using Rubato.Control;

namespace Rubato.Json;

/// <summary>The outermost object of what <see cref="Driver.Save"/> writes.</summary>
/// <param name="Version">3; version 2 had no settings, version 1 no controller.</param>
/// <param name="Updates">Applied updates; at least 0.</param>
/// <param name="Samples">Samples seen by them; at least one for each update.</param>
/// <param name="Plan">The fingerprint of the plan.</param>
/// <param name="Settings">The plan, as <see cref="PlanJson"/> reads it; null if it is not known.</param>
/// <param name="Controller">The controller's memory.</param>
internal sealed record DriverDocument(
    int Version, long Updates, long Samples, string Plan, JsonElement? Settings, ControllerState Controller) : ISavedValue
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    internal const int CurrentVersion = 3;

    string? ISavedValue.Finding() =>
        Updates < 0 ? $"run has {Updates} updates; it must have at least 0"
        : Samples < Updates ? $"run has {Updates} updates and {Samples} samples; there must be at least one sample for each update"
        : Settings is { ValueKind: not JsonValueKind.Object } ? "run has settings that are no object; they must be a plan"
        : null;
}
