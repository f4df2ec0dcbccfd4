namespace Rubato.Rewrites;

/// <summary>Chooses the rewritten batch size from position to position of a plan.</summary>
/// <remarks>May remember what it has passed; not safe for use by several threads.</remarks>
internal abstract class BatchChoice
{
    /// <summary>Whether the size depends on the rate.</summary>
    internal virtual bool FollowsRate => false;

    /// <summary>Whether the size depends on the momentum.</summary>
    internal virtual bool FollowsMomentum => false;

    /// <summary>The size at a position that comes after all that have been passed; changes nothing.</summary>
    internal abstract long Choose(in BatchMoment moment);

    /// <summary>The run has come to a position.</summary>
    internal virtual void Pass(in BatchMoment moment)
    {
    }
}

/// <summary>The batch takes what would have been a decay of the rate.</summary>
internal sealed class GrowingBatch(BatchRoom room, int? first, double ratio) : BatchChoice
{
    // Quotients of rates such as 0.1 / 0.02 miss whole steps by rounding.
    private const double RoundingShare = 1e-9;

    private double _peak;
    private double _deepest = 1;
    private int _decays;

    internal override bool FollowsRate => true;

    internal override long Choose(in BatchMoment moment) => room.Size(moment.Planned, Depth(moment));

    internal override void Pass(in BatchMoment moment)
    {
        _peak = Math.Max(_peak, moment.Rate);
        var depth = Depth(moment);
        if (depth > _deepest * (1 + RoundingShare) && room.Size(moment.Planned, _deepest) < room.LimitFor(moment.Planned))
        {
            _deepest = depth;
            _decays++;
        }
    }

    // By which factor the rate has decayed, as far as the batch takes it; infinite for a rate of 0.
    private double Depth(in BatchMoment moment)
    {
        var peak = Math.Max(_peak, moment.Rate);
        var full = moment.Rate == peak ? 1 : peak / moment.Rate;
        var depth = moment.RateHolds || room.Size(moment.Planned, full) == room.LimitFor(moment.Planned)
            ? full
            : Math.Pow(ratio, Math.Floor((Math.Log(full) / Math.Log(ratio)) + RoundingShare));
        return _decays >= first ? Math.Min(depth, _deepest) : depth;
    }
}

/// <summary>The batch times a factor.</summary>
internal sealed class ScaledBatch(BatchRoom room, double factor) : BatchChoice
{
    internal override long Choose(in BatchMoment moment) => room.Scaled(moment.Planned, factor);
}

/// <summary>The batch that goes with a higher momentum.</summary>
internal sealed class MomentumBatch(BatchRoom room, double momentum) : BatchChoice
{
    internal override bool FollowsMomentum => true;

    internal override long Choose(in BatchMoment moment) => room.Size(moment.Planned, (1 - moment.Momentum) / (1 - momentum));
}
