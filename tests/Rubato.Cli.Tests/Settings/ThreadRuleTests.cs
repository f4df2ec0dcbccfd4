using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Settings;

public sealed class ThreadRuleTests
{
    [Theory]
    [InlineData(true, 2, 2)]
    [InlineData(true, 16, 16)]
    [InlineData(false, 2, 1)]
    [InlineData(false, 16, 1)]
    public void Choose_ByKind(bool isConvolutional, int cores, int expected) => Assert.Equal(expected, ThreadRule.Choose(isConvolutional, cores));
}
