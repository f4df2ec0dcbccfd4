namespace Rubato.Tests.Language;

public sealed class GroupFormTests
{
    public static TheoryData<string, ParameterGroups> Forms => new()
    {
        { "", ParameterGroups.None },
        { "bias(weight-decay 0)", new ParameterGroups(new GroupSettings("bias", WeightDecay: 0)) },
        {
            "*.bias(lr 2 * base, weight-decay 0); fc.*(momentum table(0ep: 0.8, 5ep: 0.9))",
            new ParameterGroups(
                new GroupSettings("*.bias", LearningRate: 2 * Schedule.Base, WeightDecay: 0),
                new GroupSettings("fc.*", Momentum: Schedule.Parse("table(0ep: 0.8, 5ep: 0.9)")))
        },
        { "layer1.0.bn[12](lr base then 0.1)", new ParameterGroups(new GroupSettings("layer1.0.bn[12]", LearningRate: Schedule.Base.Then(0.1))) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Parse_Text_TheGroupsAndBack(string text, ParameterGroups groups)
    {
        Assert.Equal(groups, ParameterGroups.Parse(text));
        Assert.Equal(groups.GetHashCode(), ParameterGroups.Parse(text).GetHashCode());
        Assert.Equal(text, groups.ToString());
    }

    [Theory]
    [InlineData(" ; *.bias ( weight-decay: 0 ,lr base );;", "*.bias(lr base, weight-decay 0)")]
    [InlineData("a(lr 1);b(lr 2);", "a(lr 1); b(lr 2)")]
    public void Parse_OtherWriting_CanonicalText(string text, string canonical) => Assert.Equal(canonical, ParameterGroups.Parse(text).ToString());

    [Theory]
    [InlineData("bias", 1, "'bias' is no group; write a name and its schedules in parentheses, as in *.bias(weight-decay 0).")]
    [InlineData("a(lr 1); (lr 2)", 10, "'(lr 2)' is no group; write a name and its schedules in parentheses, as in *.bias(weight-decay 0).")]
    [InlineData("bias()", 6, "group 'bias' has no schedule; give it one, for instance bias(weight-decay 0), or leave the group out.")]
    [InlineData("bias(0.1)", 6, "expected one of the options lr, momentum, weight-decay, but found '0.1'.")]
    [InlineData("bias(momentm 0.1)", 6, "group 'bias' has no option 'momentm'; its options are lr, momentum, weight-decay. Did you mean 'momentum'?")]
    [InlineData("bias(lr 1, lr 2)", 12, "the option 'lr' stands there twice; leave one out.")]
    [InlineData("bias(lr 1", 10, "expected ',' or ')', but the text ends.")]
    [InlineData("bias(lr 1) x", 12, "expected ';' or the end after ')', but found 'x'.")]
    [InlineData("bias(lr)", 8, "expected a schedule, such as 0.1 or cosine(0.1 -> 0), but found ')'.")]
    [InlineData("bias(lr bas)", 9, "there is no schedule 'bas'. Did you mean 'base'?")]
    public void Parse_Wrong_OneSentence(string text, int column, string finding) => Assert.Equal(
        $"--groups '{text}', column {column}: {finding}",
        Assert.Throws<InvalidInputException>(() => ParameterGroups.Parse(text, "--groups")).Message);

    [Fact]
    public void Parse_SeveralWrong_AllAtOnce() =>
        Assert.Equal(2, Assert.Throws<InvalidInputException>(() => ParameterGroups.Parse("a(lr); b(lr 1); c")).Findings.Count);

    [Fact]
    public void Parse_TooLong_IsRefused() => Assert.Contains(
        "column 65537: the text has 65540 characters; groups have at most 65536.",
        Assert.Throws<InvalidInputException>(() => ParameterGroups.Parse(new string(' ', 65540))).Message,
        StringComparison.Ordinal);
}
