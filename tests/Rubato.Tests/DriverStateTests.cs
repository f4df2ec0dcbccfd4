namespace Rubato.Tests;

public sealed class DriverStateTests
{
    private const string Text = """{"version":1,"updates":100,"samples":12800,"plan":"0123456789abcdef"}""";

    [Fact]
    public void Parse_Written_Equal()
    {
        var state = new DriverState(1, 100, 12_800, "0123456789abcdef");

        Assert.Equal(Text, state.ToJson());
        Assert.Equal(state, DriverState.Parse(Text));
    }

    [Theory]
    [InlineData("", "the saved state cannot be read at $")]
    [InlineData("null", "the saved state is null")]
    [InlineData("[]", "the saved state cannot be read at $")]
    [InlineData("""{"version":1,"updates":100,"samples":12800}""", "the saved state cannot be read at $")]
    [InlineData("""{"version":1,"updates":1.5,"samples":12800,"plan":""}""", "the saved state cannot be read at $.updates")]
    [InlineData("""{"version":1,"updates":1,"samples":12800,"plan":"","rate":1}""", "the saved state cannot be read at $.rate")]
    [InlineData("""{"version":2,"updates":1,"samples":12800,"plan":""}""", "the saved state is of version 2, but this library reads version 1.")]
    [InlineData("""{"version":1,"updates":-1,"samples":12800,"plan":""}""", "the saved state has -1 updates and 12800 samples")]
    [InlineData("""{"version":1,"updates":3,"samples":2,"plan":""}""", "the saved state has 3 updates and 2 samples")]
    public void Parse_Wrong_OneSentence(string json, string start) =>
        Assert.StartsWith(start, Assert.Throws<InvalidInputException>(() => DriverState.Parse(json)).Message, StringComparison.Ordinal);
}
