using System.Collections.Immutable;

namespace Rubato.Cli.Tests.Console;

public sealed class CommandEnvironmentTests
{
    [Fact]
    public void Find_CalledByPath_LinesToCopyBeginWithIt()
    {
        using var harness = new Harness { Command = "./rubato" };

        Assert.Equal(0, harness.Run("find"));
        Assert.Contains("\n./rubato train --lr ", harness.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\nrubato ", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DataGet_CalledByPath_LineToCopyBeginsWithItAndQuotesItsWords()
    {
        using var harness = new Harness
        {
            Command = "./rubato",
            Fetch = (_, _, _, _, _) => Task.FromResult<ImmutableArray<string>>([]),
        };

        Assert.Equal(0, harness.Run("data", "get", "mnist", "my data"));
        Assert.Contains("train on it with: ./rubato train --data \"mnist:my data\"\n", harness.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "error: './rubato plan' needs PLAN, --lr or --config; './rubato plan --help' has an example.")]
    [InlineData("replay", "error: './rubato replay' needs --losses; './rubato replay --help' has an example.")]
    [InlineData("rates", "error: './rubato rates' needs RUN; './rubato rates --help' has an example.")]
    public void Run_CalledByPath_RemediesNameIt(string command, string error)
    {
        using var harness = new Harness { Command = "./rubato" };

        Assert.Equal(2, harness.Run(command));
        Assert.StartsWith(error, harness.Error, StringComparison.Ordinal);
    }
}
