using System.Collections.Immutable;
using System.Globalization;

namespace Rubato.Language;

/// <summary><c>auto[(free N)] [* SCHEDULE]</c>: the schedule is in shares of the rate that is found.</summary>
internal static class RehearsalForm
{
    private const string Example = $"{RehearsedRate.Word} * cosine(1 -> 0)";
    private const string Free = "free";

    private static readonly ImmutableArray<FormOption<RehearsedRate>> Options =
    [
        new(
            Free,
            (reader, rate) => new RehearsedRate(rate.Shape, reader.TakeInteger($"a whole number of at least 0 after '{Free}'")),
            rate => rate.FreeSamples?.ToString(CultureInfo.InvariantCulture) ?? ""),
    ];

    internal static Rate Read(CallReader reader)
    {
        var rate = reader.ReadOptional(Options, new RehearsedRate());
        var shape = reader.Factor($"a schedule in shares of the rate found after '{RehearsedRate.Word}', as in {Example}");
        reader.Finish();
        return rate with { Shape = shape };
    }

    internal static string Print(RehearsedRate rate)
    {
        var call = rate.FreeSamples is null ? RehearsedRate.Word : $"{RehearsedRate.Word}({Free} {Options[0].Print(rate)})";
        return rate.Shape is null ? call : $"{call} * {rate.Shape}";
    }
}
