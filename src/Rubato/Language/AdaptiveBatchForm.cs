using System.Collections.Immutable;
using System.Globalization;
using Rubato.Control;

namespace Rubato.Language;

/// <summary><c>adaptive(FIRST, option value, ...)</c>: each setting under its name in <see cref="AdaptiveBatchSettings"/>, with dashes; the largest batch is <c>max</c>.</summary>
internal static class AdaptiveBatchForm
{
    internal const string Name = "adaptive";

    /// <summary>For messages.</summary>
    internal const string Example = $"{Name}(128, max 4096)";

    /// <summary>The options, in the order in which they are printed.</summary>
    internal static ImmutableArray<ControllerOption<AdaptiveBatchSettings>> Options { get; } =
    [
        new(
            "max",
            (reader, s) => s with { MaxBatch = reader.Quantities.TakeCount("a whole number of at least 1 after 'max'") },
            s => s.MaxBatch?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ControllerOption<AdaptiveBatchSettings>.Number("ratio", s => s.Ratio, (s, v) => s with { Ratio = v }),
        ControllerOption<AdaptiveBatchSettings>.Word(
            "rate",
            s => s.Rate,
            (s, v) => s with { Rate = v },
            ("constant", BatchRateRule.Constant),
            ("linear", BatchRateRule.Linear),
            ("square-root", BatchRateRule.SquareRoot)),
        ControllerOption<AdaptiveBatchSettings>.Number("share", s => s.Share, (s, v) => s with { Share = v }),
        new(
            "multiple",
            (reader, s) => s with { Multiple = reader.Quantities.TakeCount("a whole number of at least 1 after 'multiple'") },
            s => s.Multiple?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ControllerOption<AdaptiveBatchSettings>.Count("measurements", s => s.Measurements, (s, v) => s with { Measurements = v }),
        ControllerOption<AdaptiveBatchSettings>.Number("decay", s => s.Decay, (s, v) => s with { Decay = v }),
    ];

    internal static GrowingBatch Read(ControllerReader reader)
    {
        var (first, settings) = reader.ReadNumberAndOptions($"the batch to begin with in parentheses, as in {Example}", Options, AdaptiveBatchSettings.Default);
        if (!(first is >= 1 and <= int.MaxValue && first == Math.Floor(first)))
        {
            reader.Complain(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}: the batch to begin with is {first}; it must be a whole number of at least 1 and at most {int.MaxValue}, as in {Example}."));
        }

        reader.TakeEnd();
        reader.Finish();
        return new GrowingBatch((long)first, settings);
    }

    internal static string Print(GrowingBatch choice)
    {
        var changed = from option in Options
                      let value = option.Print(choice.Settings)
                      where value != option.Print(AdaptiveBatchSettings.Default)
                      select $"{option.Name} {value}";
        return $"{Name}({string.Join(", ", [choice.First.ToString(CultureInfo.InvariantCulture), .. changed])})";
    }
}
