using Rubato.Runs.Records;
using Rubato.Torch;
using Spectre.Console;

namespace Rubato.Cli.Display;

/// <summary>A bar for the updates, with what was compared last, below a line for each time that the test set was classified.</summary>
internal sealed class LiveVerify : Listener
{
    private const int BarWidth = 20;
    private readonly IAnsiConsole _console;
    private readonly ProgressContext _context;
    private VerificationDescription? _description;
    private ProgressTask? _bar;

    private LiveVerify(IAnsiConsole console, ProgressContext context) => (_console, _context) = (console, context);

    /// <summary>Shows a verification while it goes on.</summary>
    /// <param name="console">A terminal.</param>
    /// <param name="run">Makes the verification and tells the display.</param>
    /// <returns>What it came to.</returns>
    internal static VerificationOutcome Show(IAnsiConsole console, Func<Listener, VerificationOutcome> run)
    {
        var progress = console.Progress()
            .AutoClear(enabled: true)
            .Columns(
                new ProgressBarColumn { Width = BarWidth },
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new RemainingTimeColumn());
        return LiveRegion.Show<ProgressContext, VerificationOutcome>(
            console, progress.Start, context => run(new LiveVerify(console, context)));
    }

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case VerificationDescription description:
                _description = description;
                Write(VerifyText.Start(description));
                _bar = _context.AddTask($"update 0 of {description.Updates:N0}", autoStart: true, maxValue: description.Updates);
                break;
            case VerifiedPoint point when _description is not null && _bar is not null:
                _bar.Description = Markup.Escape(VerifyText.Point(point, _description));
                _bar.Value = point.Update;
                break;
            case VerifiedAccuracy accuracy:
                Write(VerifyText.Accuracy(accuracy));
                break;
        }
    }

    private void Write(string text) => _console.Write(new Spectre.Console.Text(text + "\n"));
}
