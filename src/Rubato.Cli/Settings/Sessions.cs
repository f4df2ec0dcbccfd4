using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.Parallel;
using Rubato.Torch.RangeTests;
using Rubato.Torch.Running;
using Rubato.Torch.Verifying;

namespace Rubato.Cli.Settings;

/// <summary>What the commands run, from settings on.</summary>
internal static class Sessions
{
    /// <summary>Trains, and keeps the run in a folder.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of the run while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends the run after the update in progress.</param>
    /// <returns>What the run came to.</returns>
    /// <exception cref="InvalidInputException">
    /// The settings or the data cannot be used; all findings at once. Nothing was written.
    /// </exception>
    /// <exception cref="IOException">The run has ended, but the disk had no room for its weights or logs.</exception>
    internal static RunSummary Train(
        TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation) =>
        Train(settings, Alone.Instance, request: null, listener, time, cancellation);

    /// <summary>The same with other processes; a request makes the run write a checkpoint.</summary>
    /// <exception cref="PeersException">A process is missing, or another one failed.</exception>
    internal static RunSummary Train(
        TrainSettings settings,
        IPeers peers,
        SaveRequest? request,
        Listener listener,
        TimeProvider time,
        CancellationToken cancellation) =>
        Engine.Run("training", () =>
        {
            var built = Agreement.Reach(peers, () => TaskBuilder.Build(settings, peers));
            var target = built.Target;
            return TrainingSession.Run(
                built.Task,
                target with { Saving = target.Saving with { Request = request } },
                listener,
                time,
                cancellation);
        });

    /// <summary>Makes a range test; nothing is written.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of it while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends it after the update in progress.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="InvalidInputException">The settings or the data cannot be used; all findings at once.</exception>
    internal static MeasuredRange Find(
        FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation) =>
        Find(settings, Alone.Instance, listener, time, cancellation);

    /// <summary>The same with other processes.</summary>
    /// <exception cref="PeersException">A process is missing, or another one failed.</exception>
    internal static MeasuredRange Find(
        FindSettings settings, IPeers peers, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        var findings = FindSettingsValidator.FindingsIn(settings);
        if (findings.Length > 0)
        {
            throw new InvalidInputException(findings);
        }

        var trainings = FindSettingsValidator.Variants(settings).ToArray();
        return Engine.Run("range test", () =>
        {
            var first = Agreement.Reach(peers, () => TaskBuilder.Build(trainings[0], peers));
            var trial = new RangeTrial(
                [first.Task, .. trainings.Skip(1).Select(training => first.Like(training).Task)],
                SweepBuilder.Build(settings, first),
                settings.Repeats,
                settings.Suggestion);
            return new MeasuredRange(RangeTestSession.Run(trial, listener, time, cancellation), settings.Training with
            {
                Momentum = settings.Training.Momentum ?? first.Settings.Momentum,
                WeightDecay = settings.Training.WeightDecay ?? first.Settings.WeightDecay,
                Threads = first.Task.Threads,
                Device = first.Task.Device.ToString(),
            });
        });
    }

    /// <summary>Runs a plan and its rewrite side by side.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of it while it goes on.</param>
    /// <param name="cancellation">Ends it after the update in progress.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="InvalidInputException">The settings or the data cannot be used; all findings at once.</exception>
    internal static VerificationOutcome Verify(VerifySettings settings, Listener listener, CancellationToken cancellation) =>
        Verify(settings, Alone.Instance, listener, cancellation);

    /// <summary>The same with other processes.</summary>
    /// <exception cref="PeersException">A process is missing, or another one failed.</exception>
    internal static VerificationOutcome Verify(
        VerifySettings settings, IPeers peers, Listener listener, CancellationToken cancellation)
    {
        var findings = VerifySettingsValidator.FindingsIn(settings);
        if (findings.Length > 0)
        {
            throw new InvalidInputException(findings);
        }

        return Engine.Run("verification", () => VerifySession.Run(
            new Torch.Verifying.Verification(
                Agreement.Reach(peers, () => TaskBuilder.Build(VerifySettingsValidator.TrainingOf(settings), peers)).Task,
                settings.Closeness),
            listener,
            cancellation));
    }
}
