using Rubato.Cli.Display;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Display;

public sealed class LiveRegionTests
{
    [Fact]
    public void Show_LinesAboveTheRegion_TheRestOfTheScreenIsErasedBeforeEach()
    {
        var output = Shown((console, context) =>
        {
            context.UpdateTarget(new Text("long old line 159\nof the region"));
            console.Write(new Text("seed 1\n"));
        });

        Assert.Contains("of the region    \r\u001b[1A\u001b[0Jseed 1\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_TerminalGetsNarrower_GoesUpByWhatItHasWrapped()
    {
        var output = Shown((console, context) =>
        {
            // At 40 columns three and two rows: four above the last.
            context.UpdateTarget(new Text($"{new string('a', 100)}\n{new string('b', 80)}"));
            console.Profile.Width = 40;
            context.UpdateTarget(new Text("c"));
        });

        Assert.Contains("\r\u001b[4A\u001b[0Jc", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_SameWidth_GoesUpByTheRegionAlone()
    {
        var output = Shown((_, context) =>
        {
            context.UpdateTarget(new Text($"{new string('a', 100)}\n{new string('b', 80)}"));
            context.UpdateTarget(new Text("c"));
        });

        Assert.Contains("\r\u001b[1A\u001b[0J", output, StringComparison.Ordinal);
    }

    private static string Shown(Action<IAnsiConsole, LiveDisplayContext> show)
    {
        using var console = new TestConsole().EmitAnsiSequences().Interactive().Width(120);
        LiveRegion.Show<LiveDisplayContext, int>(console, console.Live(new Text("")).AutoClear(enabled: true).Start, context =>
        {
            show(console, context);
            return 0;
        });
        return console.Output;
    }
}
