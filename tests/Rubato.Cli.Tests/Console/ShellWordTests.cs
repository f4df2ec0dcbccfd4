using Rubato.Cli.Console;

namespace Rubato.Cli.Tests.Console;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("5e-4", "5e-4")]
    [InlineData("mnist:data/mnist", "mnist:data/mnist")]
    [InlineData("mlp(256, 128)", "\"mlp(256, 128)\"")]
    [InlineData("*.bias(lr 2 * base)", "\"*.bias(lr 2 * base)\"")]
    [InlineData("csv:$HOME/a.csv", "'csv:$HOME/a.csv'")]
    [InlineData("it's \"x\"", "'it'\\''s \"x\"'")]
    [InlineData("", "\"\"")]
    public void Quoted_Word_AsAShellReadsItBack(string word, string expected) => Assert.Equal(expected, ShellWord.Quoted(word));
}
