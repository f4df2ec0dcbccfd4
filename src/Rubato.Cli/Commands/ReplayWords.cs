using System.Globalization;
using System.Text.RegularExpressions;
using Rubato.Control;
using Rubato.Language;

namespace Rubato.Cli.Commands;

/// <summary>Turns the flags of <c>rubato replay</c> into a controller.</summary>
/// <param name="Controller">The value of <c>--controller</c>; null where it is not given.</param>
/// <param name="Preset">That of <c>--preset</c>.</param>
/// <param name="Cooldown">That of <c>--cooldown</c>.</param>
/// <remarks>Immutable.</remarks>
internal sealed partial record ReplayWords(string? Controller, string? Preset, string? Cooldown)
{
    private const string Warmup = "autowarmup";
    private const string Plateau = "plateau";

    private string Name => Controller ?? Warmup;

    /// <summary>The controller that is asked for.</summary>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>The choice; null where it cannot be read.</returns>
    internal Rate? Read(List<Finding> findings)
    {
        if (Name != Warmup)
        {
            Refuse("--preset", Preset, findings);
            Refuse("--cooldown", Cooldown, findings);
        }

        switch (Name)
        {
            case Warmup:
                return new AutoWarmupRate(Settings(findings) with { Cooldown = CooldownOf(findings) });
            case Plateau:
                return new PlateauRate(null, 1, ReduceOnPlateauSettings.Default);
            default:
                try
                {
                    return RateForms.ParseController(Name, "--controller");
                }
                catch (InvalidInputException exception)
                {
                    findings.AddRange(exception.Findings);
                    return null;
                }
        }
    }

    /// <summary>Whether a controller counts epochs, so that it must be known what one is.</summary>
    internal static bool CountsEpochs(Rate rate) => rate switch
    {
        AutoWarmupRate { Settings: var settings } => settings.TestEvery.Unit == TimeUnit.Epochs || settings.Cooldown.Uses(TimeUnit.Epochs),
        PlateauRate plateau =>
            plateau.Settings.Every.Unit == TimeUnit.Epochs || plateau.PlanRate(Duration.Rest, epochs: null).Uses(TimeUnit.Epochs),
        _ => false,
    };

    /// <summary>How a sentence names what was asked for.</summary>
    internal string Asked => Preset is null ? $"--controller {Name}" : $"--preset {Preset}";

    private void Refuse(string flag, string? value, List<Finding> findings)
    {
        if (value is null)
        {
            return;
        }

        findings.Add(Name.Contains(Warmup, StringComparison.Ordinal)
            ? $"{flag} is '{value}', but --controller '{Name}' says all of it; leave {flag} out."
            : $"{flag} is '{value}', but it is about autowarmup, and --controller is '{Name}'; leave {flag} out.");
    }

    private AutoWarmupSettings Settings(List<Finding> findings)
    {
        if (Preset is not (null or "default" or "paper"))
        {
            findings.Add($"--preset is '{Preset}'; it must be default or paper.");
        }

        return Preset == "paper" ? AutoWarmupSettings.Paper : AutoWarmupSettings.Default;
    }

    private Schedule CooldownOf(List<Finding> findings)
    {
        switch (Cooldown)
        {
            case null or "cosine":
                return WarmupCooldowns.Cosine;
            case "constant-then-cosine":
                return WarmupCooldowns.ConstantThenCosine;
            case "half-cosine":
                return WarmupCooldowns.HalfCosine;
            default:
                break;
        }

        if (Word().IsMatch(Cooldown))
        {
            findings.Add(
                $"--cooldown is '{Cooldown}'; it must be cosine, constant-then-cosine, half-cosine, or a schedule of factors, "
                + "such as linear(1 -> 0).");
            return WarmupCooldowns.Cosine;
        }

        try
        {
            return Schedule.Parse(Cooldown);
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings.Select(finding => finding with { Setting = "cooldown" }));
            return WarmupCooldowns.Cosine;
        }
    }

    /// <summary>A whole number of at least 1.</summary>
    internal static int? Count(string flag, string? text, string example, List<Finding> findings)
    {
        if (text is null)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            findings.Add($"{flag} is '{text}'; it must be a whole number of at least 1, for instance {flag} {example}.");
        }

        return Math.Max(count, 1);
    }

    [GeneratedRegex("^[A-Za-z0-9-]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
