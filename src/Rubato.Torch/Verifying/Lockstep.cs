using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Verifying;

/// <summary>
/// Four runs of the same weights and batches, update by update: the claimed one, the rewritten one, and each of them rounded differently.
/// </summary>
/// <remarks>
/// Each run has a perturbed copy. If the copy drifts as far, rounding is the cause, not the rewrite: once one activation lies on the other
/// side of 0 in one run, that run jumps away from the others, by far more than roundings add up to.
/// </remarks>
internal sealed class Lockstep : IDisposable
{
    private readonly int[] _probe;
    private readonly List<Twin> _twins = [];
    private readonly Twin _claimed;
    private readonly Twin _rewritten;
    private readonly Twin _rounded;
    private readonly Twin _rewrittenRounded;

    /// <summary>Sets up the four runs.</summary>
    /// <param name="claimed">The run with weight decay, whose function the other claims to have.</param>
    /// <param name="rewritten">The run in exponential form.</param>
    /// <param name="type">The type of their numbers.</param>
    /// <param name="probe">The most test samples for which outputs are compared; at least 1.</param>
    internal Lockstep(TrainingTask claimed, TrainingTask rewritten, ScalarType type, int probe)
    {
        try
        {
            _claimed = Add(new Twin(claimed, type));
            _rewritten = Add(new Twin(rewritten, type));
            _rounded = Add(new Twin(claimed, type, rounding: 1));
            _rewrittenRounded = Add(new Twin(rewritten, type, rounding: 2));
        }
        catch
        {
            Dispose();
            throw;
        }

        Grown = _rewritten.Exponential ?? throw new ArgumentException("The rewritten run must be in exponential form.", nameof(rewritten));
        _probe = [.. Enumerable.Range(0, Math.Min(probe, claimed.Subject.HeldOutCount))];
    }

    internal long Parameters => _claimed.Parameters;

    /// <summary>What did not fit of the weights that the networks begin with.</summary>
    internal IReadOnlyList<string> Notes => _claimed.Notes;

    internal long Updates => _claimed.Updates;

    internal long Samples => _claimed.Samples;

    /// <summary>Whether the plan is at its end.</summary>
    internal bool IsOver => _claimed.IsOver;

    /// <summary>The optimizer and the growing weights of the rewritten run.</summary>
    internal ExponentialParts Grown { get; }

    /// <summary>Whether the claimed run stands still: its loss was not finite, and no guard went back.</summary>
    internal bool HasDiverged => _claimed.HasDiverged;

    /// <summary>What ends it, and with it all processes after the same update.</summary>
    internal CancellationToken Agree(CancellationToken cancellation) => _claimed.Agree(cancellation);

    /// <summary>Makes one update of all four runs.</summary>
    /// <returns>The batch's loss in the claimed run, and the absolute difference of the rewritten run's loss.</returns>
    internal (double Loss, double Difference) Step()
    {
        var (loss, rewritten) = (_claimed.Step(), _rewritten.Step());
        _ = _rounded.Step();
        _ = _rewrittenRounded.Step();

        // Equals, since two losses of NaN do not differ: a guard goes back from them in both runs.
        return (loss, loss.Equals(rewritten) ? 0 : Math.Abs(loss - rewritten));
    }

    /// <summary>Compares outputs and directions of the runs as they are now.</summary>
    /// <param name="loss">The loss that <see cref="Step"/> returned.</param>
    /// <param name="difference">The difference that <see cref="Step"/> returned.</param>
    internal VerifiedPoint Compare(double loss, double difference)
    {
        var (outputs, rewritten) = (_claimed.Outputs(_probe), _rewritten.Outputs(_probe));
        var (rounding, ofRewritten) = (Largest(outputs, _rounded.Outputs(_probe)), Largest(rewritten, _rewrittenRounded.Outputs(_probe)));

        // If only the rewritten run has outputs that are not finite, rounding is not the cause.
        rounding = double.IsFinite(rounding) && !Array.TrueForAll(rewritten, double.IsFinite) ? rounding : Math.Max(rounding, ofRewritten);
        return new VerifiedPoint(Updates, loss, difference, Largest(outputs, rewritten), Direction(), rounding);
    }

    /// <summary>Classifies the test set.</summary>
    /// <param name="epoch">Passes over the training set.</param>
    internal VerifiedAccuracy Accuracy(double epoch) =>
        new(epoch, Updates, _claimed.Accuracy(), _rewritten.Accuracy(), _rounded.Accuracy());

    public void Dispose() => _twins.ForEach(twin => twin.Dispose());

    private Twin Add(Twin twin)
    {
        _twins.Add(twin);
        return twin;
    }

    private static double Largest(double[] outputs, double[] others)
    {
        var largest = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            // Max keeps NaN.
            largest = Math.Max(largest, Math.Abs(outputs[i] - others[i]));
        }

        return largest;
    }

    private double Direction()
    {
        var largest = 0.0;
        foreach (var part in Grown.Invariance.Parts)
        {
            var (weights, others) = (_claimed.Direction(part.Names), _rewritten.Direction(part.Names));
            var squares = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                squares += (weights[i] - others[i]) * (weights[i] - others[i]);
            }

            largest = Math.Max(largest, Math.Sqrt(squares));
        }

        return largest;
    }
}
