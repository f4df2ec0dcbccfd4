using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rubato.Cli.Display;

/// <summary>Keeps a region that is drawn again and again free of what stood there before, also when the terminal gets narrower.</summary>
/// <remarks>
/// The console library moves to the region's first line and writes over it: what is shorter than the old text leaves its end to be seen.
/// So all from there to the end of the screen is erased first (ECMA-48, erase in page). If the terminal has become narrower, the library
/// erases the screen and what was scrolled out of it. Here the move goes up by the lines that wrapping has added instead, and the lines
/// above the region stay.
/// </remarks>
internal sealed class LiveRegion : IRenderHook
{
    private static readonly ControlCode Erase = new("\u001b[0J");
    private readonly Inner _inner = new();
    private readonly List<int> _widths = [];
    private int _width;

    private LiveRegion()
    {
    }

    /// <summary>Shows a region.</summary>
    /// <param name="console">A terminal.</param>
    /// <param name="show">Starts a display of the console library, and calls what it is given while that display is there.</param>
    /// <param name="run">What is shown.</param>
    /// <returns>What <paramref name="run"/> returns.</returns>
    internal static T Show<TContext, T>(IAnsiConsole console, Func<Func<TContext, T>, T> show, Func<TContext, T> run)
    {
        // The library asks the last hook first: the outer one sees the whole drawing, the inner one what is written above the region.
        var region = new LiveRegion();
        using var outer = new RenderHookScope(console, region);
        return show(context =>
        {
            using var inner = new RenderHookScope(console, region._inner);
            return run(context);
        });
    }

    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
    {
        List<IRenderable> drawing = [.. renderables];
        if (!drawing.Contains(Erase))
        {
            return drawing;
        }

        var width = options.ConsoleSize.Width;
        if (width < _width)
        {
            var up = _widths.Count - 1 + _widths.Sum(line => Math.Max((line - 1) / width, 0));
            drawing[0] = new ControlCode(up > 0 ? $"\r\u001b[{up}A" : "\r");
        }

        _width = width;
        drawing[^1] = new Measured(drawing[^1], _widths);
        return drawing;
    }

    private sealed class Inner : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Prepend(Erase);
    }

    private sealed class Measured(IRenderable drawn, List<int> widths) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => drawn.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            List<Segment> segments = [.. drawn.Render(options, maxWidth)];
            widths.Clear();

            // Terminals that wrap lines anew leave out the blanks at their ends.
            widths.AddRange(
                from line in Segment.SplitLines(segments.Where(segment => !segment.IsControlCode))
                select new Segment(string.Concat(line.Select(part => part.Text)).TrimEnd()).CellCount());
            return segments;
        }
    }
}
