using System.Collections.Immutable;
using System.Globalization;
using Rubato.Control;
using Rubato.Numerics;

namespace Rubato.Language;

/// <summary>
/// <c>autowarmup(PRESET, option value, ...) then COOLDOWN</c>: each setting under its name in the authors' code, or in <see
/// cref="AutoWarmupSettings"/>, with dashes.
/// </summary>
internal static class AutoWarmupForm
{
    internal const string Name = "autowarmup";

    private const string CooldownOption = "cooldown";
    private const string Never = "never";
    private const string NonFinitePatience = "non-finite-patience";
    private const string Seed = "seed";

    private static readonly ImmutableArray<(string Name, AutoWarmupSettings Settings)> Presets =
        [("default", AutoWarmupSettings.Default), ("paper", AutoWarmupSettings.Paper)];

    /// <summary>The options, in the order in which they are printed.</summary>
    internal static ImmutableArray<FormOption<AutoWarmupSettings>> Options { get; } =
    [
        FormOption<AutoWarmupSettings>.Number("min-lr", s => s.MinLr, (s, v) => s with { MinLr = v }),
        FormOption<AutoWarmupSettings>.Number("max-lr", s => s.MaxLr, (s, v) => s with { MaxLr = v }),
        FormOption<AutoWarmupSettings>.Number("max-warmup-fraction", s => s.MaxWarmupFraction, (s, v) => s with { MaxWarmupFraction = v }),
        FormOption<AutoWarmupSettings>.Word(
            "warmup-type", s => s.WarmupType, (s, v) => s with { WarmupType = v }, ("exp", WarmupType.Exp), ("linear", WarmupType.Linear)),
        FormOption<AutoWarmupSettings>.Count("patience", s => s.Patience, (s, v) => s with { Patience = v }),
        FormOption<AutoWarmupSettings>.Count("tests", s => s.Tests, (s, v) => s with { Tests = v }),
        FormOption<AutoWarmupSettings>.Number("confidence", s => s.Confidence, (s, v) => s with { Confidence = v }),
        FormOption<AutoWarmupSettings>.Duration("test-every", s => s.TestEvery, (s, v) => s with { TestEvery = v }),
        FormOption<AutoWarmupSettings>.Count("min-losses", s => s.MinLosses, (s, v) => s with { MinLosses = v }),
        FormOption<AutoWarmupSettings>.Word(
            "evidence",
            s => s.Evidence,
            (s, v) => s with { Evidence = v },
            ("all-losses", WarmupEvidence.AllLosses),
            ("random-subsets", WarmupEvidence.RandomSubsets)),
        FormOption<AutoWarmupSettings>.Word(
            "goes-back-without-minimum",
            s => s.GoesBackWithoutMinimum,
            (s, v) => s with { GoesBackWithoutMinimum = v },
            ("yes", true),
            ("no", false)),
        new(
            NonFinitePatience,
            (reader, s) => s with
            {
                NonFinitePatience = reader.TryTakeWord(Never)
                    ? null
                    : (int)Math.Min(reader.TakeCount(NonFinitePatience, instead: Never), int.MaxValue),
            },
            s => s.NonFinitePatience?.ToString(CultureInfo.InvariantCulture) ?? Never),
        new(
            Seed,
            (reader, s) => s with { Seed = reader.TakeInteger($"a whole number after '{Seed}'") },
            s => s.Seed.ToString(CultureInfo.InvariantCulture)),
        FormOption<AutoWarmupSettings>.Word(
            CooldownOption,
            s => s.Cooldown,
            (s, v) => s with { Cooldown = v },
            ("cosine", WarmupCooldowns.Cosine),
            ("constant-then-cosine", WarmupCooldowns.ConstantThenCosine),
            ("half-cosine", WarmupCooldowns.HalfCosine)),
    ];

    internal static Rate Read(CallReader reader)
    {
        if (reader.Before() is { } before)
        {
            reader.Complain($"{Name} begins with its own warm-up; leave out what stands before it, '{before}'.");
        }

        var settings = reader.ReadOptions(Options, [.. Presets]);
        if (!(settings.MaxLr > settings.MinLr))
        {
            var (low, high) = (ExactNumber.Text(settings.MinLr), ExactNumber.Text(settings.MaxLr));
            reader.Complain($"{Name}: max-lr is {high}, but must be above min-lr, {low}; raise it, or lower min-lr.");
        }

        if (reader.After() is { } cooldown)
        {
            if (reader.IsWritten(CooldownOption))
            {
                reader.Complain(
                    $"{Name}: {CooldownOption} is {NameOf(settings.Cooldown)}, but 'then' says the cooldown, too; leave one of them out.");
            }

            settings = settings with { Cooldown = cooldown };
        }

        reader.Finish();
        return new AutoWarmupRate(settings);
    }

    /// <summary>From the preset that leaves the least to be said.</summary>
    internal static string Print(AutoWarmupSettings settings)
    {
        var (preset, changed) = Presets
            .Select(preset => (preset.Name, Changed: Printer.Changed(Options, settings, preset.Settings)))
            .MinBy(way => way.Changed.Count);
        var call = Printer.Call(Name, [preset == Presets[0].Name ? "" : preset, .. changed]);
        return NameOf(settings.Cooldown).Length > 0 ? call : $"{call} then {settings.Cooldown}";
    }

    private static string NameOf(Schedule cooldown) =>
        Options.First(option => option.Name == CooldownOption).Print(AutoWarmupSettings.Default with { Cooldown = cooldown });
}
