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
    internal static ImmutableArray<FormOption<AdaptiveBatchSettings>> Options { get; } =
    [
        FormOption<AdaptiveBatchSettings>.Size("max", s => s.MaxBatch, (s, v) => s with { MaxBatch = v }),
        FormOption<AdaptiveBatchSettings>.Number("ratio", s => s.Ratio, (s, v) => s with { Ratio = v }),
        FormOption<AdaptiveBatchSettings>.Word(
            "rate",
            s => s.Rate,
            (s, v) => s with { Rate = v },
            ("constant", BatchRateRule.Constant),
            ("linear", BatchRateRule.Linear),
            ("square-root", BatchRateRule.SquareRoot)),
        FormOption<AdaptiveBatchSettings>.Number("share", s => s.Share, (s, v) => s with { Share = v }),
        FormOption<AdaptiveBatchSettings>.Size("multiple", s => s.Multiple, (s, v) => s with { Multiple = v }),
        FormOption<AdaptiveBatchSettings>.Count("measurements", s => s.Measurements, (s, v) => s with { Measurements = v }),
        FormOption<AdaptiveBatchSettings>.Number("decay", s => s.Decay, (s, v) => s with { Decay = v }),
    ];

    internal static GrowingBatch Read(CallReader reader)
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
        var first = choice.First.ToString(CultureInfo.InvariantCulture);
        return Printer.Call(Name, [first, .. Printer.Changed(Options, choice.Settings, AdaptiveBatchSettings.Default)]);
    }
}
