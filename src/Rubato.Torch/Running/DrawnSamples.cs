namespace Rubato.Torch.Running;

/// <summary>The samples of one draw of a rehearsal: some that only its reference batch has, and the order of the others.</summary>
internal sealed class DrawnSamples
{
    // Chosen, not fitted: 2,000 samples tell error rates apart by one in a hundred.
    private const int Share = 5;
    private const int MostHeldOut = 2000;
    private const int FewestHeldOut = 8;

    private readonly int[] _all;
    private readonly int _heldOut;
    private readonly BatchOrder _rest;
    private int[] _batch = [];

    /// <summary>Draws.</summary>
    /// <param name="count">How many samples there are; at least 1. Of fewer than 40 none is held out.</param>
    /// <param name="seed">Which draw it is.</param>
    internal DrawnSamples(int count, long seed)
    {
        _all = new int[count];
        BatchOrder.Permutation(seed, epoch: 0, _all);
        var share = Math.Min(count / Share, MostHeldOut);
        _heldOut = share >= FewestHeldOut ? share : 0;
        _rest = new BatchOrder(count - _heldOut, seed);
    }

    /// <summary>The reference batch: samples that were held out, as many as there are at most.</summary>
    internal ReadOnlySpan<int> Reference(int size) => _all.AsSpan(0, Math.Min(size, _heldOut == 0 ? _all.Length : _heldOut));

    /// <summary>The batch that begins at a position in the order of the others. Valid until the next call.</summary>
    internal ReadOnlySpan<int> Next(long position, int size)
    {
        var places = _rest.Next(position, size);
        if (_batch.Length < size)
        {
            _batch = new int[size];
        }

        for (var i = 0; i < size; i++)
        {
            _batch[i] = _all[_heldOut + places[i]];
        }

        return _batch.AsSpan(0, size);
    }
}
