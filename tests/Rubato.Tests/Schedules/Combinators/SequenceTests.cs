using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class SequenceTests
{
    [Fact]
    public void At_TwoLines_EachFromItsOwnStart() =>
        Expect.Values(
            Line(0, 1, 2).Then(Line(3, 0, 3)), (0, 0), (1, 0.5), (Expect.Before(2), 1), (2, 3), (3, 2), (4, 1), (Expect.Before(5), 0), (5, 0), (6, 0));

    [Fact]
    public void At_PartsWithoutLength_Skipped() =>
        Expect.Values(Line(9, 9, 0).Then(Line(0, 1, 2)).Then(Line(8, 8, 0)).Then(Line(3, 0, 3)), (0, 0), (1, 0.5), (2, 3), (5, 0));

    [Fact]
    public void At_EndlessAtTheEnd_GoesOn()
    {
        var schedule = Line(0, 8, 2).Then(new Step(8, 0.5, Duration.Epochs(1)));
        Expect.Values(schedule, (1, 4), (2, 8), (Expect.Before(3), 8), (3, 4), (4, 2), (12, 8.0 / 1024));
        Assert.Equal(double.PositiveInfinity, schedule.End);
    }

    [Fact]
    public void At_ManyParts_SameRule()
    {
        var parts = Enumerable.Range(0, 40).Select(n => (Schedule)new Constant(n, Duration.Epochs(n % 3)));
        var schedule = new Sequence([.. parts]);
        Expect.Values(schedule, (0, 1), (Expect.Before(1), 1), (1, 2), (2, 2), (3, 4), (4, 5), (6, 7), (38, 38), (39, 39), (100, 39));
        Assert.Equal(39, schedule.End);
    }

    [Fact]
    public void At_RestInTheMiddle_TakesWhatIsLeft() =>
        Expect.Values(
            Line(0, 1, 2).Then(1).Then(new Linear(1, 0, Duration.Share(0.3))).Over(Duration.Epochs(10)),
            (0, 0), (1, 0.5), (2, 1), (6.9, 1), (7, 1), (8.5, 0.5), (10, 0), (11, 0));

    [Fact]
    public void At_RestFirst_TakesWhatIsLeft() =>
        Expect.Values(new Cosine(1, 0).Then(Line(5, 5, 4)).Over(Duration.Epochs(10)), (0, 1), (3, 0.5), (Expect.Before(6), 0), (6, 5), (10, 5));

    [Fact]
    public void At_EndlessInTheMiddle_EndsWhereTheNextBegins() =>
        Expect.Values(
            new Step(8, 0.5, Duration.Epochs(2)).Then(Line(1, 0, 5)).Over(Duration.Epochs(10)), (0, 8), (2, 4), (4, 2), (Expect.Before(5), 2), (5, 1), (10, 0));

    [Fact]
    public void At_EndlessInTheMiddle_ItsSharesAreOfTheWholeBudget() =>
        Expect.Values(
            new Step(8, 0.5, Duration.Share(0.1)).Then(Line(1, 0, 5)).Over(Duration.Epochs(10)),
            (0, 8), (Expect.Before(1), 8), (1, 4), (2, 2), (3, 1), (4, 0.5), (5, 1));

    [Fact]
    public void At_RestTimesEndlessInTheMiddle_LastsWhatIsLeft() =>
        Expect.Values(
            (new Linear(1, 0) * new Step(8, 0.5, Duration.Epochs(2))).Then(Line(1, 0, 6)).Over(Duration.Epochs(10)),
            (0, 8), (2, 2), (3, 1), (Expect.Before(4), 0), (4, 1), (7, 0.5), (10, 0));

    [Fact]
    public void At_NothingLeftForTheRest_Skipped() =>
        Expect.Values(Line(0, 1, 2).Then(7).Then(Line(1, 0, 2)).Over(Duration.Epochs(4)), (1, 0.5), (Expect.Before(2), 1), (2, 1), (3, 0.5), (4, 0));

    [Fact]
    public void Resolve_OthersTakeMoreThanTheBudget_Finding() =>
        Expect.Finding(
            "'7' takes the rest, but the other parts need 5ep of 4ep already; shorten them.",
            () => Line(0, 1, 2).Then(7).Then(Line(1, 0, 3)).Over(Duration.Epochs(4)));

    [Fact]
    public void Constructor_TwoTakeTheRest_Refused()
    {
        const string Sentence = "'0.1' and 'cosine(0.1 -> 0)' both take the rest of the budget; give one of them a length, such as 10ep.";
        Expect.Refusal("parts", Sentence, () => new Sequence([new Constant(0.1), new Cosine(0.1, 0)]));
        Expect.Refusal("parts", Sentence, () => new Constant(0.1).Then(Line(0, 1, 2)).Then(new Cosine(0.1, 0)));
    }

    [Fact]
    public void Constructor_FewerThanTwo_Refused()
    {
        Expect.Refusal("parts", "parts must hold at least two schedules.", () => new Sequence([]));
        Expect.Refusal("parts", "parts must hold at least two schedules.", () => new Sequence(default));
        Expect.Refusal("parts", "parts must hold at least two schedules.", () => new Sequence([1.0]));
        Assert.Throws<ArgumentNullException>("parts", () => new Sequence([1.0, null!]));
    }

    [Fact]
    public void Parts_NestedSequences_Flat()
    {
        var nested = (Sequence)Line(0, 1, 1).Then(Line(1, 2, 1).Then(Line(2, 3, 1)));
        Assert.Equal([Line(0, 1, 1), Line(1, 2, 1), Line(2, 3, 1)], nested.Parts);
        Assert.Equal(nested, Line(0, 1, 1).Then(Line(1, 2, 1)).Then(Line(2, 3, 1)));
    }

    [Fact]
    public void Equals_OtherParts_Differs() =>
        Expect.Equality(
            () => Line(0, 1, 1).Then(Line(1, 2, 1)), Line(1, 2, 1).Then(Line(0, 1, 1)), Line(0, 1, 1).Then(Line(1, 2, 2)), Line(0, 1, 1).Plus(Line(1, 2, 1)));

    private static Linear Line(double from, double to, double epochs) => new(from, to, Duration.Epochs(epochs));
}
