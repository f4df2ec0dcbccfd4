using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>Multiplies each tensor of a group by a number of its own that its norms give; the norms stay on the device.</summary>
internal static class TrustRatio
{
    /// <summary>The Euclidean norms of the tensors of a list.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="room">Room for as many; empty again afterwards.</param>
    /// <returns>One number a tensor.</returns>
    internal static Tensor Norms(TensorList tensors, TensorList room)
    {
        Foreach.Norm(room, tensors);
        var norms = Ops.Stack(room);
        room.Clear();
        return norms;
    }

    /// <summary>Multiplies each tensor by its ratio, or by 1 where one of its two norms is 0.</summary>
    /// <param name="tensors">What changes.</param>
    /// <param name="ratios">One number a tensor; overwritten.</param>
    /// <param name="norms">Norms, one number a tensor.</param>
    /// <param name="others">Norms, one number a tensor.</param>
    /// <param name="room">Room for as many; empty again afterwards.</param>
    internal static void Multiply(TensorList tensors, Tensor ratios, Tensor norms, Tensor others, TensorList room)
    {
        Ops.FillWhere(ratios, Ops.AreEqual(norms, 0), 1);
        Ops.FillWhere(ratios, Ops.AreEqual(others, 0), 1);
        Ops.Unbind(room, ratios);
        Foreach.Multiply(tensors, room);
        room.Clear();
    }
}
