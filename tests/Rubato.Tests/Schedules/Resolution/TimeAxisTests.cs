using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class TimeAxisTests
{
    private static readonly Place NoBudget = new(new SingleUnitAxis(TimeUnit.Epochs), 0, double.PositiveInfinity, double.PositiveInfinity);

    [Fact]
    public void Resolve_OwnUnit_Unchanged() => Assert.Equal(new Linear(0, 1, Duration.Epochs(3)), new Linear(0, 1, Duration.Epochs(3)).Resolve(NoBudget));

    [Fact]
    public void Resolve_ShareAndRest_OfTheBudget()
    {
        var place = NoBudget with { Room = 4, Budget = 10 };
        Assert.Equal(new Linear(0, 1, Duration.Epochs(5)), new Linear(0, 1, Duration.Share(0.5)).Resolve(place));
        Assert.Equal(new Linear(0, 1, Duration.Epochs(4)), new Linear(0, 1).Resolve(place));
        Assert.Equal(new Exp(1, 0.5, Duration.Epochs(1)), new Exp(1, 0.5, Duration.Share(0.1)).Resolve(place));
    }

    [Fact]
    public void Resolve_WhatIsNotKnown_Finding()
    {
        Expect.Finding("'3ba' cannot be counted in ep without a plan; write it in ep.", () => new Linear(0, 1, Duration.Batches(3)).Resolve(NoBudget));
        Expect.Finding("'0.5dur' is a share of a budget, but none is known; write it in ep, ba or sp.", () => new Linear(0, 1, Duration.Share(0.5)).Resolve(NoBudget));
        Expect.Finding(
            "a part without a length takes the rest of the budget, but none is known; give it a length, such as 10ep.", () => new Linear(0, 1).Resolve(NoBudget));
    }
}
