using System.Collections.Immutable;
using System.Globalization;
using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Rewrites;
using Rubato.Runs;
using Rubato.Runs.Checkpoints;
using Rubato.Runs.Records;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Checkpoints;

/// <summary>A run that is to go on: its folder, and its newest checkpoint that can be used.</summary>
/// <remarks>Holds the lock of the folder. Dispose it when the run has ended.</remarks>
internal sealed class Resumption : IDisposable
{
    private const string Remedy = "give what the run has, or choose a resume policy: keep, use-new or same-epoch";

    private readonly RunLock? _lock;
    private readonly ResumePolicy _policy;
    private ResumePolicy _effective;

    private Resumption(RunFolder folder, ResumePolicy policy, RunLock? taken)
    {
        (Folder, _policy, _effective, _lock) = (folder, policy, policy, taken);
        var checkpoints = new CheckpointFolder(folder.CheckpointsPath);
        if (taken is not null)
        {
            checkpoints.RemoveUnfinished();
        }

        var damaged = ImmutableArray.CreateBuilder<string>();
        foreach (var checkpoint in checkpoints.All)
        {
            if (StateOf(checkpoint, out var finding) is { } state)
            {
                (From, State) = (checkpoint, state);
                break;
            }

            damaged.Add($"the checkpoint {checkpoint.Path} cannot be used: {finding}");
        }

        Damaged = damaged.DrainToImmutable();
        if (State is null && !Damaged.IsEmpty)
        {
            throw new InvalidInputException([.. Damaged.Select(sentence => (Finding)$"{sentence}; none before it is left.")]);
        }
    }

    /// <summary>The run's folder.</summary>
    internal RunFolder Folder { get; }

    /// <summary>The checkpoint; null if the run had written none, and begins anew.</summary>
    internal Checkpoint? From { get; }

    /// <summary>What it says; null if there is none.</summary>
    internal RunState? State { get; }

    /// <summary>The settings for the checkpoints that follow; null before <see cref="Choose"/>, and for a run that begins anew.</summary>
    internal SavedSettings? Settings { get; private set; }

    /// <summary>A sentence for each newer checkpoint that cannot be used.</summary>
    internal ImmutableArray<string> Damaged { get; }

    /// <summary>Whether the run goes on under another plan than the saved one.</summary>
    internal bool IsChanged => State is not null && _effective is ResumePolicy.UseNew or ResumePolicy.SameEpoch;

    /// <summary>Whether the run had ended with its budget used up, and nothing of it is missing.</summary>
    internal static bool IsFinished(RunFolder folder) =>
        File.Exists(folder.SummaryPath) && File.Exists(folder.WeightsPath)
        && SummaryFile.Read(folder.SummaryPath).Status == RunStatus.Completed;

    /// <summary>Finds the newest checkpoint that can be used.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="policy">What to do if it is of another plan.</param>
    /// <param name="isWritten">Whether the run will be written to its folder, rather than by another process of it.</param>
    /// <exception cref="InvalidInputException">Another process trains this run, or no checkpoint can be used.</exception>
    internal static Resumption Open(RunFolder folder, ResumePolicy policy, bool isWritten = true)
    {
        var taken = isWritten ? RunLock.Take(folder) : null;
        try
        {
            return new Resumption(folder, policy, taken);
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    /// <summary>The training that goes on: the one that is given, or with <see cref="ResumePolicy.Keep"/> the saved one.</summary>
    /// <param name="given">The training as it is asked for now.</param>
    /// <exception cref="InvalidInputException">
    /// It differs from the saved one, and the policy does not allow that; all findings at once.
    /// </exception>
    internal TrainingTask Choose(TrainingTask given)
    {
        if (State is not { } state)
        {
            return given;
        }

        // The weights come from the checkpoint, even if the file that they once began with is gone.
        given = given with { Init = null };

        var own = SavedSettings.Of(given);
        Settings = own;
        var findings = SavedSettings.FixedDifferences(own, state.Settings);
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        findings = SavedSettings.PlanDifferences(own, state.Settings);
        if (findings.Count == 0)
        {
            _effective = ResumePolicy.Strict;
            return given;
        }

        switch (_policy)
        {
            case ResumePolicy.Keep:
                Settings = state.Settings;
                return Kept(given, state);
            case ResumePolicy.Strict
                when findings is [{ Setting: nameof(PlanSettings.Length) }] && IsFinished(Folder) && IsLonger(given, state):
                _effective = ResumePolicy.UseNew;
                return given;
            case ResumePolicy.Strict:
                throw new InvalidInputException([.. findings.SkipLast(1), findings[^1] with { Remedy = Remedy }]);
            default:
                return given;
        }
    }

    /// <summary>The training with what was found before its first update.</summary>
    /// <param name="chosen">What <see cref="Choose"/> gave.</param>
    /// <param name="needsTwo">Whether no update may have a single sample.</param>
    internal TrainingTask Ready(TrainingTask chosen, bool needsTwo) =>
        State is not { } state || _effective == ResumePolicy.Keep ? chosen
        : state.Rehearsal is { } rehearsal ? chosen.With(ResultOf(rehearsal), needsTwo)
        : state.RangeTest is { BaseLr: { } low, MaxLr: { } high } ? chosen.With(new RateRange(low, high)).Task
        : chosen;

    /// <summary>Sets a loop to the saved position.</summary>
    internal void Restore(TrainingLoopPosition loop)
    {
        var tensors = new FileStream(From!.TensorsPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            loop(State!.Driver.GetRawText(), tensors, From.Path, _effective == ResumePolicy.Keep ? ResumePolicy.Strict : _effective);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => finding.Under(From.Path))], exception);
        }
    }

    /// <summary>Sentences for a person: damaged checkpoints, and what another plan does to the rate.</summary>
    /// <param name="before">The rate that the saved plan would have had next.</param>
    /// <param name="now">The rate of the next update.</param>
    internal IReadOnlyList<string> Notes(double before, double now) => !IsChanged ? Damaged :
    [
        .. Damaged,
        string.Create(
            CultureInfo.InvariantCulture,
            $"the run goes on under the new plan at the same {(_effective == ResumePolicy.SameEpoch ? "epoch" : "sample")}: "
            + $"the learning rate {(before == now ? $"stays at {now:G4}" : $"goes from {before:G4} to {now:G4}")}."),
    ];

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _lock?.Dispose();

    private static RunState? StateOf(Checkpoint checkpoint, out string? finding)
    {
        finding = checkpoint.Finding();
        if (finding is not null)
        {
            return null;
        }

        try
        {
            return RunState.Read(File.ReadAllBytes(checkpoint.StatePath), Path.GetFileName(checkpoint.StatePath));
        }
        catch (InvalidInputException exception)
        {
            finding = exception.Message.TrimEnd('.');
            return null;
        }
    }

    // The plan that was followed needs no rewriting and no search.
    private static TrainingTask Kept(TrainingTask given, RunState state)
    {
        var saved = state.Settings;
        if (!state.Driver.TryGetProperty("settings"u8, out var plan))
        {
            throw new InvalidInputException("the saved plan is missing; choose the resume policy use-new.");
        }

        return given with
        {
            Rate = Rate.Parse(saved.Rate),
            Batch = Batch.Parse(saved.TextOf(nameof(PlanSettings.BatchSize))),
            Rewrite = RewriteSequence.Parse(saved.TextOf(nameof(given.Rewrite))),
            Groups = saved.TextOf("Groups") is { Length: > 0 } groups ? ParameterGroups.Parse(groups) : ParameterGroups.None,
            IsGuarded = saved.TextOf("Guard") == "on",
            ClipNorm = LimitOf(saved.TextOf(nameof(given.ClipNorm))),
            ClipValue = LimitOf(saved.TextOf(nameof(given.ClipValue))),
            HasLearned = state.Rehearsal?.TookWeights ?? false,
            StartLoss = state.Rehearsal?.StartLoss is { } loss && double.IsFinite(loss) ? loss : null,
            Plan = new TrainingPlan(PlanJson.Read(plan.GetRawText())),
        };
    }

    private static bool IsLonger(TrainingTask given, RunState state) =>
        state.Driver.TryGetProperty("samples"u8, out var samples) && samples.TryGetInt64(out var seen) && given.Plan.Samples > seen;

    private static Schedule? LimitOf(string text) => text.Length == 0 ? null : Schedule.Parse(text);

    private static RehearsalResult ResultOf(RehearsalRecord record) => new()
    {
        PeakRate = record.PeakLearningRate,
        Low = record.LowestUsable,
        High = record.HighestUsable,
        StartLoss = record.StartLoss,
        Runs = [.. record.Runs.Select(run => new RehearsedRun(run.LearningRate, run.Score))],
        Updates = record.Updates,
        MicroBatch = record.MicroBatch,
        Repeats = record.Repeats,
        Samples = record.Samples,
        PaidSamples = record.PaidSamples,
        TookWeights = record.TookWeights,
        Doubt = record.Doubt,
    };
}

/// <summary>Goes to a saved position.</summary>
/// <param name="position">Progress, plan and memory.</param>
/// <param name="tensors">The tensors; disposed.</param>
/// <param name="name">What it was saved as, for messages.</param>
/// <param name="policy">What to do if it was saved under another plan.</param>
internal delegate void TrainingLoopPosition(string position, Stream tensors, string name, ResumePolicy policy);
