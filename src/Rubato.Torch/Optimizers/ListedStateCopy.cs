using Rubato.Torch.Memory;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// A copy of the state that an optimizer lists: <see cref="Optimizer.StateTensors"/> and <see cref="Optimizer.StateNumbers"/>. State that
/// is newer than the copy is restored to zeros.
/// </summary>
internal sealed class ListedStateCopy : OptimizerStateCopy
{
    private readonly Optimizer _optimizer;
    private readonly List<TensorList> _tensors = [];
    private readonly double[][] _numbers;

    /// <summary>Room for a copy, which <see cref="Retake"/> fills.</summary>
    /// <param name="optimizer">The optimizer.</param>
    internal ListedStateCopy(Optimizer optimizer)
    {
        _optimizer = optimizer;
        _numbers = [.. optimizer.StateNumbers.Select(numbers => new double[numbers.Length])];
    }

    /// <inheritdoc/>
    internal override void Retake()
    {
        MakeRoom();
        var state = _optimizer.StateTensors;
        for (var i = 0; i < state.Count; i++)
        {
            _tensors[i].CopyFrom(state[i]);
        }

        for (var i = 0; i < _numbers.Length; i++)
        {
            _optimizer.StateNumbers[i].CopyTo(_numbers[i].AsSpan());
        }
    }

    /// <inheritdoc/>
    internal override void Restore()
    {
        var state = _optimizer.StateTensors;
        for (var i = 0; i < state.Count; i++)
        {
            if (i < _tensors.Count)
            {
                state[i].CopyFrom(_tensors[i]);
            }
            else
            {
                Clear(state[i]);
            }
        }

        for (var i = 0; i < _numbers.Length; i++)
        {
            _numbers[i].CopyTo(_optimizer.StateNumbers[i].AsSpan());
        }

        _optimizer.StateRestored();
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<StatePart> Parts(bool withAllState)
    {
        if (withAllState)
        {
            _optimizer.MakeAllState();
        }

        MakeRoom();
        var parts = new List<StatePart>();
        for (var list = 0; list < _tensors.Count; list++)
        {
            for (var i = 0; i < _tensors[list].Count; i++)
            {
                parts.Add(new StatePart($"optimizer.{list}.{i}", _tensors[list][i]));
            }
        }

        for (var list = 0; list < _numbers.Length; list++)
        {
            parts.Add(new StatePart($"numbers.{list}", null, _numbers[list]));
        }

        return parts;
    }

    /// <inheritdoc/>
    public override void Dispose() => _tensors.ForEach(copy => copy.Dispose());

    private void MakeRoom()
    {
        var state = _optimizer.StateTensors;
        for (var i = _tensors.Count; i < state.Count; i++)
        {
            _tensors.Add(TensorList.ZerosLike(state[i]));
        }
    }

    private static void Clear(TensorList tensors)
    {
        for (var i = 0; i < tensors.Count; i++)
        {
            tensors[i].zero_();
        }
    }
}
