using Rubato.Runs.Records;
using Rubato.Torch;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rubato.Cli.Display;

/// <summary>
/// A bar for the epoch in progress below a line for each event and for finished ones. The training thread hands numbers over ten times a
/// second; a thread of the console library draws them five times a second, so that drawing is never waited for and goes on during
/// evaluation.
/// </summary>
internal sealed class LiveDisplay : Listener
{
    private const double HandOverSeconds = 0.1;
    private const int BarWidth = 20;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly IAnsiConsole _console;
    private readonly ProgressContext _context;
    private readonly StatusColumn _status;
    private RunDescription? _run;
    private RunMeter? _meter;
    private ProgressTask? _bar;
    private readonly EpochLines _epochs = new();
    private bool _isRehearsed;
    private double _lastHandOver;

    private LiveDisplay(IAnsiConsole console, ProgressContext context, StatusColumn status)
    {
        _console = console;
        _context = context;
        _status = status;
    }

    /// <summary>Shows a run while it goes on.</summary>
    /// <param name="console">A terminal.</param>
    /// <param name="run">Runs and tells the display.</param>
    /// <returns>What the run came to.</returns>
    internal static RunSummary Show(IAnsiConsole console, Func<LiveDisplay, RunSummary> run)
    {
        var status = new StatusColumn();
        var progress = console.Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, status);
        progress.RefreshRate = Redraw;
        return LiveRegion.Show<ProgressContext, RunSummary>(
            console, progress.Start, context => run(new LiveDisplay(console, context, status)));
    }

    public override void OnStep(in StepRecord record)
    {
        if (_meter is null || _bar is null)
        {
            return;
        }

        _meter.OnStep(record);
        var done = record.Samples - _meter.EpochStart;
        if (record.Seconds - _lastHandOver >= HandOverSeconds || done >= _meter.EpochLength)
        {
            _lastHandOver = record.Seconds;
            _bar.Value = done;
            _status.Texts = TrainingText.Statuses(_meter);
        }
    }

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RunDescription run:
                Begin(run);
                break;
            case RehearsalBegins rehearsal:
                _isRehearsed = true;
                WriteLine(TrainingText.Start(rehearsal));
                break;
            case RehearsedRunRecord rehearsed:
                WriteLine(TrainingText.RehearsedRun(rehearsed));
                break;
            case RehearsalRecord rehearsal:
                WriteLine(TrainingText.Rehearsal(rehearsal));
                break;
            case RangeUpdateRecord update:
                Show(update);
                break;
            case RangeTestRecord test:
                WriteLine(TrainingText.RangeTest(test));
                break;
            case RunResumed resumed:
                _meter?.OnResumed(resumed);
                WriteLine(TrainingText.Resumed(resumed));
                if (_run is not null && _meter is not null && _bar is not null)
                {
                    (_bar.Description, _bar.MaxValue) = (TrainingText.EpochInProgress(_meter, _run), _meter.EpochLength);
                }

                break;
            case SavingTrouble trouble:
                WriteLine(TrainingText.Trouble(trouble));
                break;
            case PhaseRecord phase:
                _meter?.OnPhase(phase);
                break;
            case AutoWarmupRecord warmup:
                WriteLine(WarmupText.Decision(warmup));
                break;
            case EventRecord { Kind: not (EventKind.AutoWarmup or EventKind.Resume) } record:
                WriteLine(TrainingText.Event(record));
                break;
            case EpochRecord epoch:
                End(epoch);
                break;
        }
    }

    private void Begin(RunDescription run)
    {
        _run = run;
        _meter = new RunMeter(run);
        WriteLine(_isRehearsed ? TrainingText.AfterRehearsal(run) : TrainingText.Start(run));
        (_lastHandOver, _status.Texts) = (0, [""]);
        if (_bar is null)
        {
            _bar = _context.AddTask(TrainingText.EpochInProgress(_meter, run), autoStart: true, maxValue: _meter.EpochLength);
            return;
        }

        // The range test's.
        (_bar.Description, _bar.MaxValue, _bar.Value) = (TrainingText.EpochInProgress(_meter, run), _meter.EpochLength, 0);
    }

    private void Show(RangeUpdateRecord update)
    {
        _bar ??= _context.AddTask("range test", autoStart: true, maxValue: update.Iterations);
        if (update.Seconds - _lastHandOver >= HandOverSeconds)
        {
            _lastHandOver = update.Seconds;
            _bar.Value = update.Iteration;
            _status.Texts = [$"lr {TrainingText.Number(update.LearningRate)}  loss {TrainingText.Loss(update.SmoothedLoss)}"];
        }
    }

    private void End(EpochRecord epoch)
    {
        if (_run is null || _meter is null || _bar is null)
        {
            return;
        }

        if (_epochs.Take(epoch, _run))
        {
            WriteLine(TrainingText.Epoch(epoch, _run, _meter.SamplesPerSecond));
        }

        _meter.OnEpoch(epoch);
        if (epoch.Epoch < _run.Epochs)
        {
            _bar.Description = TrainingText.EpochInProgress(_meter, _run);
            _bar.MaxValue = _meter.EpochLength;
            _bar.Value = epoch.Samples - _meter.EpochStart;
        }

        _context.Refresh();
    }

    private void WriteLine(string text) => _console.Write(new Spectre.Console.Text(text + "\n"));

    /// <summary>The figures behind the bar: as many as the terminal has room for.</summary>
    private sealed class StatusColumn : ProgressColumn
    {
        private volatile string[] _texts = [""];

        /// <summary>From the fullest to the shortest; set by the training thread, read by the one that draws.</summary>
        internal string[] Texts
        {
            set => _texts = value;
        }

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            // A blank stands on either side of the bar.
            var room = options.ConsoleSize.Width - task.Description.Length - BarWidth - 2;
            var texts = _texts;
            return new Spectre.Console.Text(Array.Find(texts, text => text.Length <= room) ?? texts[^1]);
        }
    }
}
