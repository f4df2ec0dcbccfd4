using Rubato.Control;
using Rubato.Control.Controllers;
using Rubato.Control.Guards;
using Rubato.Training.Running;

namespace Rubato.Training.Tests.Running;

public sealed class ControllerStateTextTests
{
    private static readonly GuardState Guard = new LossGuard(10).Observe(0.1, 0.3, new LossGuard(10).InitialState);

    [Fact]
    public void Parse_Written_Equal()
    {
        ControllerState[] states = [ControllerState.None, new AutoWarmupState { Tests = 3, Verdicts = 1 }];
        foreach (var state in (IEnumerable<ControllerState>)[.. states, .. states.Select(inner => new GuardedState(inner, Guard))])
        {
            Assert.Equal(state, ControllerStateText.Parse(ControllerStateText.Of(state)));
        }
    }

    [Fact]
    public void Of_UnknownKind_IsRefused() => Assert.Throws<ArgumentException>(() => ControllerStateText.Of(new Unknown()));

    [Theory]
    [InlineData("{")]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"guarded\"}")]
    [InlineData("{\"kind\":\"other\"}")]
    public void Parse_Wrong_OneSentence(string text) =>
        Assert.StartsWith(
            "the saved controller", Assert.Throws<InvalidInputException>(() => ControllerStateText.Parse(text)).Message, StringComparison.Ordinal);

    private sealed record Unknown : ControllerState;
}
