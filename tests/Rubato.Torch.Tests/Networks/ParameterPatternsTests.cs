using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class ParameterPatternsTests
{
    private static readonly string[] Names = ["conv1.weight", "conv1.bias", "layer1.0.conv1.weight", "bn.weight", "bn.bias", "fc.weight", "fc.bias"];

    [Theory]
    [InlineData("*", "0000000")]
    [InlineData("fc.weight", "-----0-")]
    [InlineData("fc.*", "-----00")]
    [InlineData("*.bias", "-0--0-0")]
    [InlineData("*conv1*", "000----")]
    [InlineData("conv1.weight", "0------")]
    [InlineData("*.conv1.*", "--0----")]
    [InlineData("**n.*s", "----0--")]
    [InlineData("*.bias|fc.*", "-0--010")]
    [InlineData("fc.bias|*.bias|*", "2122120")]
    public void Assign_Patterns_TheFirstThatMatches(string patterns, string groups) =>
        Assert.Equal(groups.Select(group => group == '-' ? -1 : group - '0'), ParameterPatterns.Assign(Names, patterns.Split('|')));

    [Fact]
    public void Assign_NoPatterns_NoGroups() => Assert.All(ParameterPatterns.Assign(Names, []), group => Assert.Equal(-1, group));

    [Fact]
    public void Assign_PatternsThatTakeNothing_AllAreReported() =>
        Assert.Equal(
            [
                "Groups: 'FC.*' matches no parameter of the network; they are conv1.weight, conv1.bias, layer1.0.conv1.weight, bn.weight, bn.bias, fc.weight "
                + "and 1 more, and * stands for anything.",
                "Groups: 'fc.bias' takes no parameter, because '*.bias' stands before it and takes 'fc.bias'; put the narrower pattern first.",
            ],
            Assert.Throws<InvalidInputException>(() => ParameterPatterns.Assign(Names, ["*.bias", "FC.*", "fc.bias"])).Message.Split('\n'));

    [Fact]
    public void Assign_FewNames_AreAllShown() =>
        Assert.Equal(
            "Groups: 'bias*' matches no parameter of the network; they are 1.weight, 1.bias, and * stands for anything.",
            Assert.Throws<InvalidInputException>(() => ParameterPatterns.Assign(["1.weight", "1.bias"], ["bias*"])).Message);

    [Theory]
    [InlineData("fc.*", "-----00")]
    [InlineData("*.bias|fc.bias", "-0--0-0")]
    [InlineData("bn.*|conv1.*", "00-00--")]
    public void Match_Patterns_AnyThatMatches(string patterns, string matched) =>
        Assert.Equal(matched.Select(mark => mark == '0'), ParameterPatterns.Match(Names, patterns.Split('|'), "X"));

    [Fact]
    public void Match_PatternsWithoutAParameter_EachIsReportedUnderItsSetting() =>
        Assert.Equal(
            ["X: 'FC' matches no parameter of the network; they are fc.bias, and * stands for anything.", "X: 'b' matches no parameter of the network; they are fc.bias, and * stands for anything."],
            Assert.Throws<InvalidInputException>(() => ParameterPatterns.Match(["fc.bias"], ["FC", "*", "b"], "X")).Message.Split('\n'));
}
