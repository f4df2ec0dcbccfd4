using System.Runtime.InteropServices;
using Rubato.Torch.Layers;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Running;

/// <summary>
/// Refuses a training that would compute a single sample at once through a batch normalization whose channels have one value a sample. One
/// value has no variance: libtorch would go on, and leave NaN in the running variance.
/// </summary>
/// <remarks>
/// Images have several values a channel, unless their maps have one pixel. So the network is looked at with one sample, in evaluation mode,
/// but only if a single sample can come.
/// </remarks>
internal static class SingleSamples
{
    /// <summary>Looks at every update of a run, and at what is tried out before it.</summary>
    /// <exception cref="InvalidInputException">A single sample would be normalized; all findings at once.</exception>
    internal static void Require(TrainingTask run, Objective training) => Require(run, training, FindingsBefore);

    /// <summary>The same for a range test alone, whose updates have the size of the run's first.</summary>
    /// <exception cref="InvalidInputException">A single sample would be normalized; all findings at once.</exception>
    internal static void RequireOfSweep(TrainingTask run, Objective training) =>
        Require(run, training, run => run.Plan.At(0).BatchSize == 1
            ? [.. OfMicroBatch(run), OfUpdate(run, run.Plan, 0)]
            : OfMicroBatch(run));

    /// <summary>The same for a plan that was made of what a range test found: batches may grow elsewhere.</summary>
    /// <exception cref="InvalidInputException">A single sample would be normalized.</exception>
    internal static void RequireOfPlan(TrainingTask run, Objective training) =>
        Require(run, training, run => run.Plan.FirstUpdateOf(1) is { } start ? [OfUpdate(run, run.Plan, start)] : []);

    private static void Require(TrainingTask run, Objective training, Func<TrainingTask, Finding[]> find)
    {
        var layers = LayersOf(training.Network);
        if (layers.Length > 0 && find(run) is { Length: > 0 } findings && SeesSingleValues(layers, run, training))
        {
            throw new InvalidInputException(findings);
        }
    }

    private static Finding[] FindingsBefore(TrainingTask run)
    {
        var plan = run.IsOfShares ? Rewriting.Apply(run.Rewrite with { Exponential = null }, run.Plan, run.MicroBatch) : run.Plan;
        var findings = OfMicroBatch(run).ToList();
        if (plan.FirstUpdateOf(1) is { } start)
        {
            findings.Add(OfUpdate(run, plan, start));
        }
        else if (run.Batch is GrowingBatch && plan.Settings.Tail == EpochTail.Cut)
        {
            findings.Add(new Finding(
                nameof(PlanSettings.BatchSize),
                run.Batch,
                $"so that one sample may be left at the end of an epoch, but {Reason(run)}",
                "let batches run on over the ends of epochs"));
        }

        if (run.Rate is RehearsedRate && run.Rehearsal.FewestSamples < 4 && plan.At(0).BatchSize > 1)
        {
            findings.Add(new Finding(
                nameof(run.Rehearsal.FewestSamples),
                run.Rehearsal.FewestSamples,
                $"so that rates may be tried on one sample, but {Reason(run)}",
                "write at least 4"));
        }

        return [.. findings];
    }

    private static Finding[] OfMicroBatch(TrainingTask run) => run.MicroBatch != 1 ? [] :
    [
        new Finding(nameof(run.MicroBatch), run.MicroBatch, $"but {Reason(run)}", "write at least 2, or leave it out"),
    ];

    private static Finding OfUpdate(TrainingTask run, TrainingPlan plan, long start) => new(
        nameof(PlanSettings.BatchSize),
        run.Batch,
        $"and the {(run.Rewrite.Rewrites.IsEmpty ? "" : "rewritten ")}update at sample {start} has one sample, but {Reason(run)}",
        plan.Settings.Tail == EpochTail.Cut
            ? "let batches run on over the ends of epochs, or choose another size"
            : "let no batch be below 2");

    private static string Reason(TrainingTask run) =>
        $"the network {run.Names.Network} normalizes over the batch, and one sample has no variance";

    // A part that is frozen in evaluation mode takes no statistics; a network in evaluation mode goes into training as a whole.
    private static Module[] LayersOf(Module network) =>
    [
        .. network.modules().Prepend(network).Distinct()
            .Where(module => module is GhostBatchNorm or BatchNorm1d or BatchNorm2d or BatchNorm3d)
            .Where(module => module.training || !network.training),
    ];

    private static bool SeesSingleValues(Module[] layers, TrainingTask run, Objective training)
    {
        var seen = SeenBy(layers, run, training);
        return layers.Any(layer => seen.TryGetValue(layer, out var isSingle) ? isSingle : layer is BatchNorm1d);
    }

    // A layer that is reached by forward instead of call is not seen.
    private static Dictionary<Module, bool> SeenBy(Module[] layers, TrainingTask run, Objective training)
    {
        var seen = new Dictionary<Module, bool>();
        var hooks = layers.Cast<nn.Module<Tensor, Tensor>>().Select(layer => layer.register_forward_pre_hook((_, input) =>
        {
            seen[layer] = (seen.TryGetValue(layer, out var before) && before) || input.numel() <= input.size(1);
            return input;
        })).ToList();
        var (modes, random) = (new ModuleModes(training.Network), Engine.RandomState());
        try
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            training.Network.eval();
            _ = training.Loss([0], new SampleDraw(run.Seed, 0));
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            // What keeps the loss from being computed is reported where it is computed for all samples.
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
            modes.PutBack();
            Engine.SetRandomState(random);
            random.Dispose();
        }

        return seen;
    }
}
