using Rubato.Schedules;

namespace Rubato.Json;

/// <summary>Gives the functions that a schedule names to it.</summary>
internal static class FunctionBinding
{
    internal static Schedule Bind(Schedule schedule, ScheduleFunctions functions) => schedule switch
    {
        Function s => functions.Create(s.Name, s.Length),
        Sequence s => new Sequence([.. s.Parts.Select(part => Bind(part, functions))]),
        Product s => new Product([.. s.Factors.Select(factor => Bind(factor, functions))]),
        Sum s => new Sum([.. s.Terms.Select(term => Bind(term, functions))]),
        Clamp s => new Clamp(Bind(s.Inner, functions), s.Minimum, s.Maximum),
        Repeat s => new Repeat(Bind(s.Body, functions), s.Count, s.Lengthen, s.Amplify),
        Stretch s => new Stretch(Bind(s.Inner, functions), s.Factor),
        Delay s => new Delay(Bind(s.Inner, functions), s.By),
        Skip s => new Skip(Bind(s.Inner, functions), s.By),
        Over s => new Over(Bind(s.Inner, functions), s.Length),
        Warmup s => new Warmup(Bind(s.Inner, functions), s.Length, s.From),
        Staged s => new Staged([.. s.Stages.Select(stage => stage with { Policy = Bind(stage.Policy, functions) })]),
        _ => schedule,
    };
}
