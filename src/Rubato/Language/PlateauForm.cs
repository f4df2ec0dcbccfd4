using System.Collections.Immutable;
using System.Globalization;
using Rubato.Control;
using Rubato.Numerics;
using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>
/// <c>[SCHEDULE then] plateau(RATE, option value, ...)</c>: each setting under its name in PyTorch, with dashes. The schedule has a length
/// of its own; the rate, and watching, begin at its end.
/// </summary>
internal static class PlateauForm
{
    internal const string Name = "plateau";

    internal const string Watch = "watch";

    private const string Example = "linear(0 -> 0.1, 2ep) then plateau(0.1)";

    /// <summary>The options, in the order in which they are printed.</summary>
    internal static ImmutableArray<FormOption<ReduceOnPlateauSettings>> Options { get; } =
    [
        FormOption<ReduceOnPlateauSettings>.Number("factor", s => s.Factor, (s, v) => s with { Factor = v }),
        Whole("patience", s => s.Patience, (s, v) => s with { Patience = v }),
        FormOption<ReduceOnPlateauSettings>.Number("threshold", s => s.Threshold, (s, v) => s with { Threshold = v }),
        FormOption<ReduceOnPlateauSettings>.Word(
            "threshold-mode",
            s => s.ThresholdMode,
            (s, v) => s with { ThresholdMode = v },
            ("rel", ThresholdMode.Relative),
            ("abs", ThresholdMode.Absolute)),
        Whole("cooldown", s => s.Cooldown, (s, v) => s with { Cooldown = v }),
        FormOption<ReduceOnPlateauSettings>.Number("min-lr", s => s.MinLr, (s, v) => s with { MinLr = v }),
        FormOption<ReduceOnPlateauSettings>.Number("eps", s => s.Eps, (s, v) => s with { Eps = v }),
        FormOption<ReduceOnPlateauSettings>.Duration("every", s => s.Every, (s, v) => s with { Every = v }),
        FormOption<ReduceOnPlateauSettings>.Word(
            Watch,
            s => s.Watch,
            (s, v) => s with { Watch = v },
            [.. WatchedExtensions.Words.Select(word => (word.Word, (Watched?)word.Value))]),
    ];

    internal static Rate Read(CallReader reader)
    {
        var warmup = reader.Before();
        var (rate, settings) = reader.ReadNumberAndOptions(
            $"the learning rate in parentheses, as in {Example}", Options, ReduceOnPlateauSettings.Default);
        if (!(double.IsFinite(rate) && rate >= 0))
        {
            reader.Complain("the learning rate must be a finite number of at least 0.");
        }

        if (reader.After() is { } after)
        {
            reader.Complain($"{Name} lasts to the end of the run; leave out what stands after it, '{after}'.");
        }

        if (warmup is not null)
        {
            CheckLength(warmup, reader);
        }

        reader.Finish();
        return new PlateauRate(warmup, rate, settings);
    }

    internal static string Print(PlateauRate choice)
    {
        var call = Printer.Call(
            Name, [ExactNumber.Text(choice.LearningRate), .. Printer.Changed(Options, choice.Settings, ReduceOnPlateauSettings.Default)]);
        return choice.Warmup is null ? call : $"{choice.Warmup} then {call}";
    }

    private static void CheckLength(Schedule warmup, CallReader reader)
    {
        if (warmup.Extent.Reach != Reach.Fixed)
        {
            reader.Complain($"what stands before {Name}, '{warmup}', has no length of its own; give it one, as in {Example}.");
        }
        else if (warmup.Unit is null || !warmup.IsResolved)
        {
            reader.Complain($"what stands before {Name}, '{warmup}', has durations of several units; write them in one, as in {Example}.");
        }
    }

    private static FormOption<ReduceOnPlateauSettings> Whole(
        string name, Func<ReduceOnPlateauSettings, int> get, Func<ReduceOnPlateauSettings, int, ReduceOnPlateauSettings> set) => new(
        name,
        (reader, settings) => set(
            settings, (int)Math.Clamp(reader.TakeInteger($"a whole number of at least 0 after '{name}'"), int.MinValue, int.MaxValue)),
        settings => get(settings).ToString(CultureInfo.InvariantCulture));
}
