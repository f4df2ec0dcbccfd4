using System.Globalization;
using Rubato.Control;
using Rubato.Numerics;
using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>A run in words and figures: what displays of every kind print.</summary>
internal static class TrainingText
{
    private const string NotMeasured = "not measured";

    // Above this share another number of processes is worth a thought.
    private const double LongWait = 0.2;

    internal static string Start(RunDescription run) =>
        $"""
        {Task(run)}
        {Optimizer(run)}
        {Place(run)}
        """;

    private static string Task(RunDescription run) =>
        $"""
        data       {run.Data}: {run.TrainSamples:N0} training{Validation(run)} and {run.TestSamples:N0} test samples
        network    {run.Network}: {run.Parameters:N0} parameters
        """;

    private static string Validation(RunDescription run) => run.ValidationSamples == 0 ? "" : $", {run.ValidationSamples:N0} validation";

    private static string Optimizer(RunDescription run) =>
        $"optimizer  {run.Optimizer}: {LearningRate(run)}, {Extent(run)}{Exponential(run)}";

    private static string Place(RunDescription run) =>
        $"""
        device     {run.Device}: {Count(run.Threads, "thread")}, {run.MemoryFormat}{Processes(run)}
        folder     {run.Folder}{string.Concat(run.Notes.Select(Note))}{Note(WarmupOf(run))}
        """;

    private static string Processes(RunDescription run) =>
        run.Processes == 1 ? "" : $"\nprocesses  {run.Processes}: {run.Peers}";

    /// <summary>A note as a line after others; nothing for none.</summary>
    internal static string Note(string? note) => note is null ? "" : $"\nnote       {note}";

    private static string? WarmupOf(RunDescription run) => run.WarmupFromZero is { } rising ? PlanNotes.WarmupFromZero(rising) : null;

    private static string Change(double lossChange) =>
        lossChange == 0 ? "do not change the loss" : $"change the loss by {Finite(lossChange, 2)}";

    /// <summary>What is known before a rehearsal; <see cref="AfterRehearsal"/> goes on from there.</summary>
    internal static string Start(RehearsalBegins rehearsal) =>
        $"""
        {Task(rehearsal.Run)}
        {Place(rehearsal.Run)}
        rehearsal  tries learning rates {Room(rehearsal)}
        """;

    private static string Room(RehearsalBegins rehearsal)
    {
        var share = (long)(rehearsal.Share * rehearsal.Run.Samples);
        return rehearsal.FreeSamples >= share
            ? "for a moment, outside the budget"
            : $"on about {100 * rehearsal.Share:0.##} % of the samples, {share:N0}";
    }

    internal static string AfterRehearsal(RunDescription run) => Optimizer(run);

    private static string Extent(RunDescription run) =>
        $"{AtMost(run)}{Count(run.Updates, "update")} in {Length(run)}{(run.RehearsedEpochs > 0 ? "; the rehearsal took the rest" : "")}";

    private static string Length(RunDescription run)
    {
        var all = run.Epochs + Math.Max(run.RehearsedEpochs, 0);
        return $"{(all > run.Epochs ? $"{Epochs(run.Epochs)} of " : "")}{Epochs(all)} {(all == 1 ? "epoch" : "epochs")}";
    }

    internal static string Epoch(EpochRecord epoch, RunDescription run, double samplesPerSecond) =>
        $"epoch {Epochs(epoch.Epoch)}/{Epochs(run.Epochs)}  train loss {Loss(epoch.TrainLoss)}  test loss {Loss(epoch.TestLoss)}  "
        + $"accuracy {Percent(epoch.TestAccuracy)}  {BestText.Validation(epoch)}"
        + $"lr {Number(epoch.LearningRate)}  {Rate(samplesPerSecond)}  {Duration(epoch.Seconds)}";

    internal static string RehearsedRun(RehearsedRunRecord record) =>
        $"rehearsing a peak learning rate of {Number(record.LearningRate)}: score {Loss(record.Score)}";

    internal static string Rehearsal(RehearsalRecord record) => record.Doubt == RehearsalDoubt.NothingProbed
        ? $"rehearsal  learning rate {Number(record.PeakLearningRate)}, the usual one: the budget is too small for probing"
        : $"rehearsal  learning rate {Number(record.PeakLearningRate)} from {Evidence(record)}; "
            + $"it took {Cost(record)}, {record.Seconds:F1} s"
            + $"\n           {Doubt(record)}";

    private static string Cost(RehearsalRecord record) => record.PaidSamples == 0
        ? $"{record.Samples:N0} samples outside the budget"
        : record.PaidSamples == record.Samples ? $"{Percent(record.Share)} of the samples"
        : $"{record.Samples:N0} samples, {record.PaidSamples:N0} of them from the budget";

    private static string Doubt(RehearsalRecord record) => record.Doubt switch
    {
        RehearsalDoubt.None => "sure: the rates on either side came out worse",
        RehearsalDoubt.BracketOnly => "unsure, by a factor of 10 and more: there was no room to try it out; a longer run gives room",
        RehearsalDoubt.AllDestroyed => "unsure: every rate that was tried destroyed the network; look for numbers far off in the data",
        RehearsalDoubt.NothingLearned => "unsure: nothing was learned in so few updates; a longer run gives longer rehearsals",
        RehearsalDoubt.LowestIsBest => $"unsure: the lowest rate came out best; compare with --lr {Number(record.PeakLearningRate / 3)}",
        RehearsalDoubt.HighestIsBest => $"unsure: the highest rate came out best; compare with --lr {Number(record.PeakLearningRate * 3)}",
        _ => "",
    };

    internal static string Exponential(ExponentialRecord form, long parameters) =>
        $"rewrite    {form.Form}: {form.ScaleInvariant:N0} of {parameters:N0} parameters grow in place of weight decay; "
        + $"three times as long, they {Change(form.LossChange)}";

    private static string Exponential(RunDescription run) => run.Exponential is { } form
        ? $"\n{Exponential(form, run.Parameters)}{(run.Decays ? "" : "; there is no weight decay, and so no growth")}"
        : "";

    private static string AtMost(RunDescription run) => run.GrowsBatch ? "at most " : "";

    private static string Evidence(RehearsalRecord record)
    {
        var (low, high) = record.Runs.IsEmpty
            ? (Number(record.LowestUsable), Number(record.HighestUsable))
            : (Number(record.Runs[0].LearningRate), Number(record.Runs[^1].LearningRate));
        var rates = low == high ? low : $"{low} and {high}";
        return record.Runs.IsEmpty
            ? low == high ? $"{rates}, the one rate at which the loss falls" : $"the rates between {rates}, at which the loss falls"
            : $"{Count(record.Runs.Length, "run")} of {Count(record.Updates, "update")}{Times(record)} "
                + $"{(low == high ? "at" : "between")} {rates}";
    }

    private static string Times(RehearsalRecord record) => record.Repeats switch
    {
        1 => "",
        2 => ", twice each,",
        _ => $", {record.Repeats} times each,",
    };

    internal static string RangeUpdate(RangeUpdateRecord record) =>
        $"range test: update {record.Iteration:N0} of {record.Iterations:N0}  "
        + $"lr {Number(record.LearningRate)}  loss {Loss(record.SmoothedLoss)}  {Duration(record.Seconds)}";

    internal static string RangeTest(RangeTestRecord record) =>
        $"range test: {Bounds(record)}, {Count(record.Updates, "update")}, {record.Seconds:F1} s";

    private static string Bounds(RangeTestRecord record) => record is { BaseLr: { } low, MaxLr: { } high }
        ? $"{Number(low)} to {Number(high)} by {record.Rule}"
        : "no clear answer";

    internal static string Event(EventRecord record) =>
        $"update {record.Step:N0}  {Reason(record)} from here  {Duration(record.Seconds)}";

    internal static string Resumed(RunResumed resumed) => resumed.Checkpoint is null
        ? "resumed    from its start: the run had written no checkpoint yet"
        : $"resumed    update {resumed.Updates:N0}, epoch {Epochs(resumed.Epoch)}, learning rate {Number(resumed.LearningRate)}, "
        + $"from {resumed.Checkpoint}{string.Concat(resumed.Notes.Select(Note))}";

    internal static string Trouble(SavingTrouble trouble) => trouble.Reason is { } reason
        ? $"warning    a checkpoint or a log could not be written: {reason}; the run goes on and tries again; free some room"
        : "saved      the checkpoint and the logs could be written again";

    private static string Reason(EventRecord record) => record.Kind switch
    {
        EventKind.Plateau when record.Watched is { } watched =>
            $"{BestText.Value(watched, record.Loss)} gets no better: learning rate {Number(record.LearningRate ?? double.NaN)}",
        EventKind.Plateau =>
            $"mean loss {Loss(record.Loss)} falls no more: learning rate {Number(record.LearningRate ?? double.NaN)}",
        EventKind.Batch when record.NoiseScale is { } scale =>
            $"noise scale {NoiseText.Scale(scale)}: batches of {record.BatchSize:N0}",
        EventKind.Batch => $"noise drowns the gradient: batches of {record.BatchSize:N0}",
        EventKind.Restart => $"loss {Loss(record.Loss)}: started again, learning rates times {Number(record.Scale)}",
        _ => $"loss {Loss(record.Loss)}: rolled back, learning rates times {Number(record.Scale)}",
    };

    internal static string Step(RunMeter meter, RunDescription run) =>
        $"{EpochInProgress(meter, run)}  update {meter.Last.Step:N0} of {AtMost(run)}{run.Updates:N0}  {Status(meter)}";

    /// <summary>Of a run of 2.5 epochs the third in progress is the last of three that begin.</summary>
    internal static string EpochInProgress(RunMeter meter, RunDescription run) => $"epoch {meter.Epoch}/{Epochs(Math.Ceiling(run.Epochs))}";

    internal static string Status(RunMeter meter) => Statuses(meter)[0];

    /// <summary>The state of a run between epochs, from the fullest text to the shortest.</summary>
    internal static string[] Statuses(RunMeter meter)
    {
        var loss = $"loss {Loss(meter.Loss)}";
        var accuracy = double.IsNaN(meter.Accuracy) ? loss : $"{loss}  accuracy {Percent(meter.Accuracy)}";
        var rate = $"lr {Number(meter.Last.LearningRate)}";
        var left = $"{Duration(meter.SecondsLeft)} left";
        var speed = Rate(meter.SamplesPerSecond);
        string[] texts =
        [
            $"{accuracy}  {rate}  {speed}  {left}",
            $"{accuracy}  {rate}  {left}",
            $"{accuracy}  {left}",
            $"{loss}  {left}",
            loss,
        ];
        if (meter.Phase is not { } at)
        {
            return texts;
        }

        var phase = WarmupText.Phase(at);
        return
        [
            $"{accuracy}  {rate}  {phase}  {speed}  {left}",
            $"{accuracy}  {rate}  {phase}  {left}",
            $"{loss}  {phase}  {left}",
            .. texts[2..],
        ];
    }

    internal static string Summary(RunSummary summary, string folder) =>
        $"""
        test accuracy       {Percent(summary.TestAccuracy)}
        test loss           {TestLoss(summary)}{BestText.Validation(summary)}
        train loss          {(summary.Updates == 0 && double.IsNaN(summary.TrainLoss) ? NotMeasured : Loss(summary.TrainLoss))}
        updates             {summary.Updates:N0}
        samples             {summary.Samples:N0}
        seconds             {summary.Seconds:F1}{Waited(summary)}
        peak learning rate  {Number(summary.PeakLearningRate)}{Clipped(summary)}{Rollbacks(summary)}{NoiseScale(summary)}
        run folder          {folder}{BestText.Of(summary, folder)}
        """;

    private static string Waited(RunSummary summary) => summary.Peers is { WaitedShare: > LongWait and var share }
        ? $"\nwaited              {Percent(share)} of them for other processes"
        : "";

    private static string Clipped(RunSummary summary) =>
        summary.ClippedShare is { } share ? $"\nclipped             {Percent(share)} of the updates" : "";

    private static string Rollbacks(RunSummary summary) =>
        summary.Rollbacks == 0 ? "" : $"\nrollbacks           {summary.Rollbacks}";

    private static string NoiseScale(RunSummary summary) =>
        NoiseText.Of(summary.Noise) is { } noise ? $"\nnoise scale         {noise}" : "";

    internal static string SummaryLine(RunSummary summary, string folder) =>
        $"test accuracy {Percent(summary.TestAccuracy)}, test loss {TestLoss(summary)}, {Count(summary.Updates, "update")}, "
        + $"{(summary.ClippedShare is { } share ? $"{Percent(share)} clipped, " : "")}"
        + $"{(summary.Rollbacks == 0 ? "" : $"{Count(summary.Rollbacks, "rollback")}, ")}{summary.Seconds:F1} s, "
        + $"{folder}{BestText.InLine(summary)}";

    internal static string Percent(double share) => double.IsFinite(share) ? $"{100 * share:F2} %" : NotMeasured;

    // An accuracy is a number wherever there was a test, whatever became of the loss.
    private static string TestLoss(RunSummary summary) => double.IsFinite(summary.TestAccuracy) ? Loss(summary.TestLoss) : NotMeasured;

    internal static string Duration(double seconds)
    {
        if (seconds is not (>= 0 and < 360_000_000))
        {
            return "?";
        }

        var whole = (long)Math.Round(seconds);
        return whole < 3600 ? $"{whole / 60}:{whole % 60:D2}" : $"{whole / 3600}:{whole / 60 % 60:D2}:{whole % 60:D2}";
    }

    // A number stands for the usual schedule, a text for itself.
    private static string LearningRate(RunDescription run) =>
        double.TryParse(run.LearningRate, NumberStyles.Float, CultureInfo.InvariantCulture, out var peak)
            ? $"peak learning rate {Number(peak)}"
            : $"learning rate {run.LearningRate}";

    internal static string Epochs(double epochs) => epochs < 0.01 ? NumberText.Of(epochs, 2) : $"{epochs:#,0.##}";

    internal static string Loss(double loss) => Finite(loss, "F4");

    internal static string Number(double value) => Finite(value, 4);

    /// <summary>A number in a format of .NET; a word for what is not finite, which may come of any loss.</summary>
    internal static string Finite(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.CurrentCulture)
        : double.IsNaN(value) ? "not finite"
        : value > 0 ? "infinite"
        : "-infinite";

    /// <summary>A number to some significant digits; a word for what is not finite.</summary>
    internal static string Finite(double value, int digits) =>
        double.IsFinite(value) ? NumberText.Of(value, digits) : Finite(value, "");

    private static string Rate(double samplesPerSecond) =>
        double.IsFinite(samplesPerSecond) ? $"{samplesPerSecond:N0} samples/s" : "? samples/s";

    internal static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}
