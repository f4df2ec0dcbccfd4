using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class RangeRuleTests
{
    [Fact]
    public void All_Names_AreFoundAndSayTheirSource() => Assert.All(RangeRule.All, rule =>
    {
        Assert.Same(rule, RangeRule.Find(rule.Name));
        Assert.NotEmpty(rule.Source);
    });

    [Fact]
    public void Find_Unknown_IsNull() => Assert.Null(RangeRule.Find("deepest"));

    [Fact]
    public void Answer_RuleForOneRate_BaseIsThatOverTheDivisor()
    {
        var range = RangeRule.Find("lowest")!.Answer(Curves.Of(9, 5, 1, 2), Curves.Smoothed(9, 5, 1, 2), baseDivisor: 4);
        Assert.Equal(new RateRange(1, 4), range);
    }
}
