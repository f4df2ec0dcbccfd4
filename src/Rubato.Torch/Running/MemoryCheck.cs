using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Refuses a batch that cannot be computed at once in the memory that there is, and says what to set.</summary>
internal static class MemoryCheck
{
    // A step's peak is more than the activations that ActivationMeter counts: gradients, copies and work space come on top. It was 1.8 to
    // 5.3 times that on the networks that were measured (docs/engine.md).
    private const double LeastPeak = 1.5;

    // For the number in the message: above the largest factor that was measured.
    private const double MostPeak = 8;

    /// <summary>Looks at the largest batch of the plan before anything is trained or written.</summary>
    /// <param name="run">The training; on a CUDA device, whose memory nobody tells, all is allowed.</param>
    /// <param name="objective">Network and samples.</param>
    /// <param name="available">Bytes of memory.</param>
    /// <exception cref="InvalidInputException">It needs more than there is, in any case.</exception>
    internal static void Require(TrainingTask run, Objective objective, long available)
    {
        var samples = Math.Min(LargestBatch(run), run.MicroBatch ?? long.MaxValue);
        if (Devices.IsCuda(run.Device) || ActivationMeter.BytesPerSample(objective) is not (> 0 and var bytes)
            || LeastPeak * bytes * samples <= available)
        {
            return;
        }

        throw new InvalidInputException(Finding(
            run,
            samples,
            $"at least {Gigabytes(LeastPeak * bytes * samples)} of memory, and there are {Gigabytes(available)}",
            Math.Max(1, (long)BitOperations.RoundUpToPowerOf2((ulong)(available / (MostPeak * bytes))) / 2)));
    }

    /// <summary>Says what to set if libtorch found no memory; other failures are passed over.</summary>
    /// <param name="run">The training.</param>
    /// <param name="exception">What has ended it.</param>
    /// <param name="updates">How many updates it had made.</param>
    /// <exception cref="InvalidInputException">Memory was too small for the first update.</exception>
    /// <exception cref="TorchException">It was too small for a later one.</exception>
    internal static void ThrowIfExceeded(TrainingTask run, ExternalException exception, long updates)
    {
        var known = TorchException.From(exception, "training");
        if (known.Kind != TorchErrorKind.OutOfMemory)
        {
            return;
        }

        if (updates > 0)
        {
            var cause = $"{known.Cause}; a smaller {nameof(TrainerSettings.MicroBatch)} needs less memory";
            throw new TorchException(known.Kind, known.Operation, cause, exception);
        }

        var samples = Math.Min(LargestBatch(run), run.MicroBatch ?? long.MaxValue);
        var need = $"more memory than there is ({known.Cause.TrimEnd('.')})";
        throw new InvalidInputException([Finding(run, samples, need, Math.Max(1, samples / 2))], exception);
    }

    private static Finding Finding(TrainingTask run, long samples, string need, long remedy) => new(
        nameof(TrainerSettings.MicroBatch),
        run.MicroBatch?.ToString(CultureInfo.InvariantCulture),
        run.MicroBatch is null
            ? $"is not given, but the {samples:N0} samples of a batch, computed at once, need {need}"
            : $"but {samples:N0} samples, computed at once, need {need}",
        $"for instance {remedy}");

    // An adaptive batch may stay small, so that only its first one is known.
    private static long LargestBatch(TrainingTask run) => run.Batch is GrowingBatch
        ? run.Plan.At(0).BatchSize
        : run.Plan.EnumerateUpdates().Max(update => update.HyperParameters.BatchSize);

    private static string Gigabytes(double bytes) => $"{bytes / 1e9:N1} GB";
}
