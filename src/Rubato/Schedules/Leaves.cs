namespace Rubato.Schedules;

/// <summary>Walks the tree of a schedule.</summary>
internal static class Leaves
{
    /// <summary>The same tree with its leaves replaced: the schedules that hold no other.</summary>
    /// <param name="schedule">The tree.</param>
    /// <param name="replacement">What stands in place of a leaf; the leaf itself if it stays.</param>
    /// <exception cref="ArgumentException">A replacement does not fit where it then stands.</exception>
    /// <exception cref="InvalidInputException">A length cannot be converted.</exception>
    internal static Schedule Replace(Schedule schedule, Func<Schedule, Schedule> replacement)
    {
        return Walk(schedule);

        Schedule Walk(Schedule node) => node switch
        {
            Sequence s => new Sequence([.. s.Parts.Select(Walk)]),
            Sum s => new Sum([.. s.Terms.Select(Walk)]),
            Product s => new Product([.. s.Factors.Select(Walk)]),
            Clamp s => new Clamp(Walk(s.Inner), s.Minimum, s.Maximum),
            Repeat s => new Repeat(Walk(s.Body), s.Count, s.Lengthen, s.Amplify),
            Stretch s => new Stretch(Walk(s.Inner), s.Factor),
            Delay s => new Delay(Walk(s.Inner), s.By),
            Skip s => new Skip(Walk(s.Inner), s.By),
            Over s => new Over(Walk(s.Inner), s.Length),
            Warmup s => new Warmup(Walk(s.Inner), s.Length, s.From),
            Staged s => new Staged([.. s.Stages.Select(stage => stage with { Policy = Walk(stage.Policy) })]),
            _ => replacement(node),
        };
    }
}
