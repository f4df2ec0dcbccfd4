using System.Collections.Immutable;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.RangeTests;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rubato.Cli.Display;

/// <summary>
/// The curve of the run in progress below a line for each finished one. The training thread hands numbers over; a thread of the display
/// draws them five times a second, so that drawing is never waited for and goes on while the accuracy is measured.
/// </summary>
internal sealed class LiveFind : Listener, IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext _context;
    private readonly ManualResetEventSlim _over = new();
    private readonly Task _drawing;
    private readonly List<RangePoint> _points = [];
    private readonly List<double> _smoothed = [];
    private RangeTestDescription? _test;
    private FindMeter? _meter;

    private LiveFind(IAnsiConsole console, LiveDisplayContext context)
    {
        (_console, _context) = (console, context);
        _drawing = Task.Factory.StartNew(Draw, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Shows a range test while it goes on.</summary>
    /// <param name="console">A terminal.</param>
    /// <param name="run">Makes the range test and tells the display.</param>
    /// <returns>What it came to.</returns>
    internal static T Show<T>(IAnsiConsole console, Func<Listener, T> run) =>
        LiveRegion.Show<LiveDisplayContext, T>(
            console,
            console.Live(new Spectre.Console.Text("")).AutoClear(enabled: true).Start,
            context =>
            {
                using var display = new LiveFind(console, context);
                return run(display);
            });

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RangeTestDescription description:
                Begin(description);
                break;
            case RangeRunBegun run:
                Begin(run);
                break;
            case RangePointMeasured measured:
                Add(measured);
                break;
            case RangeRunEnded run:
                Refresh();
                if (_meter is { } meter)
                {
                    WriteLine(FindText.RunEnd(meter, run.Curve));
                }

                break;
        }
    }

    /// <summary>Ends the drawing; what went wrong with it is thrown here, and not while the test goes on.</summary>
    public void Dispose()
    {
        _over.Set();
        _drawing.GetAwaiter().GetResult();
        _over.Dispose();
    }

    private void Begin(RangeTestDescription description)
    {
        lock (_gate)
        {
            (_test, _meter) = (description, new FindMeter(description));
        }

        WriteLine(FindText.Start(description));
    }

    private void Begin(RangeRunBegun run)
    {
        lock (_gate)
        {
            _meter?.OnRun(run);
            _points.Clear();
            _smoothed.Clear();
        }

        if (_meter is { } meter)
        {
            WriteLine(FindText.Run(meter));
        }
    }

    private void Add(RangePointMeasured measured)
    {
        lock (_gate)
        {
            _meter?.OnPoint(measured);
            _points.Add(measured.Point);
            _smoothed.Add(measured.SmoothedLoss);
        }
    }

    private void Draw()
    {
        while (!_over.Wait(Redraw))
        {
            Refresh();
        }
    }

    private void Refresh()
    {
        if (Picture() is { } picture)
        {
            _context.UpdateTarget(picture);
        }
    }

    private Rows? Picture()
    {
        ImmutableArray<RangePoint> points;
        ImmutableArray<double> smoothed;
        string status;
        RangeTest sweep;
        lock (_gate)
        {
            if (_test is null || _meter is null || !_points.Exists(point => double.IsFinite(point.Loss)))
            {
                return null;
            }

            (points, smoothed, status, sweep) = ([.. _points], [.. _smoothed], FindText.Point(_meter), _test.Test);
        }

        var finite = points.Index().Where(point => double.IsFinite(point.Item.Loss)).ToList();
        var curve = new SmoothedCurve(
            [.. finite.Select(point => point.Item.LearningRate)],
            [.. finite.Select(point => point.Item.Loss)],
            [.. finite.Select(point => smoothed[point.Index])],
            0,
            HasRisen: false);
        var run = new MeasuredRun(new RangeCurve(points, RangeEnd.Interrupted), curve);
        var report = new RangeTestReport
        {
            Variants = [new MeasuredVariant(null, null, [run], new RangeSuggestion { Rule = RangeRule.UsualName })],
            Test = sweep,
            BaseDivisor = 1,
        };
        return RangeFigure.Of(report, isWhole: true) is { } figure
            ? new Rows(
            [
                new Spectre.Console.Text(status),
                .. TerminalChart.Lines(_console, FindChart.Of(figure), colored: true).Cast<IRenderable>(),
            ])
            : null;
    }

    private void WriteLine(string text) => _console.Write(new Spectre.Console.Text(text + "\n"));
}
