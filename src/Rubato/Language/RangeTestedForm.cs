using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>
/// The text of a rate between bounds that are found: <c>one-cycle</c>, or <c>clr</c>, <c>clr(POLICY, cycles N, gamma G)</c> and
/// <c>clr(POLICY, step D)</c>.
/// </summary>
internal static class RangeTestedForm
{
    internal const string Name = "clr";

    /// <summary>The word for one cycle over the whole run.</summary>
    internal const string OneCycle = "one-cycle";

    private static readonly ImmutableArray<(string Name, Choice Choice)> Policies =
    [
        ("triangular2", new Choice(CyclePolicy.Triangular2)),
        ("triangular", new Choice(CyclePolicy.Triangular)),
        ("exp-range", new Choice(CyclePolicy.ExpRange)),
    ];

    private static readonly ImmutableArray<FormOption<Choice>> Options =
    [
        FormOption<Choice>.Size("cycles", c => c.Cycles, (c, cycles) => c with { Cycles = cycles }),
        new("step", (reader, c) => c with { Step = reader.TakeDuration("step") }, c => $"{c.Step}"),
        FormOption<Choice>.OptionalNumber("gamma", c => c.Gamma, (c, gamma) => c with { Gamma = gamma }),
    ];

    internal static Rate Read(CallReader reader)
    {
        if (reader.Before() is { } before)
        {
            reader.Complain($"{Name} takes the whole run; leave out what stands before it, '{before}'.");
        }

        var choice = reader.ReadOptions(Options, [.. Policies]);
        reader.TakeEnd();
        try
        {
            var rate = new RangeTestedRate(choice.Policy, choice.Cycles, choice.Step, choice.Gamma);
            reader.Finish();
            return rate;
        }
        catch (ArgumentException exception)
        {
            reader.Complain($"{Name}: {ArgumentSentence.Of(exception, name => name)}");
            reader.Finish();
            throw;
        }
    }

    internal static string Print(RangeTestedRate rate)
    {
        if (rate.Policy == CyclePolicy.OneCycle)
        {
            return OneCycle;
        }

        var (word, usual) = Policies.First(known => known.Choice.Policy == rate.Policy);
        var choice = usual with { Cycles = rate.Cycles, Step = rate.Step, Gamma = rate.Gamma };
        return Printer.Call(Name, [word == Policies[0].Name ? "" : word, .. Printer.Changed(Options, choice, usual)]);
    }

    private sealed record Choice(CyclePolicy Policy, long? Cycles = null, Duration? Step = null, double? Gamma = null);
}
