using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers.Updates;

/// <summary>A whole tensor, worked on by libtorch's operators, in place.</summary>
/// <param name="tensor">The tensor; temporaries belong to the caller's dispose scope.</param>
internal readonly struct TensorVector(Tensor tensor) : IVector<TensorVector>
{
    private readonly Tensor _tensor = tensor;

    public void Set(TensorVector a, double factor)
    {
        _tensor.copy_(a._tensor);
        if (factor != 1)
        {
            _tensor.TimesInPlace(factor);
        }
    }

    public void SetSum(TensorVector a, TensorVector b, double factor) => _tensor.copy_(a._tensor).PlusInPlace(b._tensor, factor);

    public void Clamp(double limit) => _tensor.ClampInPlace(limit);

    public void Multiply(double factor) => _tensor.TimesInPlace(factor);

    public void Multiply(TensorVector a) => _tensor.mul_(a._tensor);

    public void Divide(TensorVector a) => _tensor.div_(a._tensor);

    public void Add(double value) => _tensor.PlusInPlace(value);

    public void Add(TensorVector a) => _tensor.PlusInPlace(a._tensor);

    public void Add(TensorVector a, double factor) => _tensor.PlusInPlace(a._tensor, factor);

    public void AddSquare(TensorVector a, double factor) => _tensor.PlusProductInPlace(a._tensor, a._tensor, factor);

    public void Decay(double decay, TensorVector a) => _tensor.TimesInPlace(decay).PlusInPlace(a._tensor);

    public void AddQuotient(TensorVector a, TensorVector b, double factor) => _tensor.PlusQuotientInPlace(a._tensor, b._tensor, factor);

    public void SetRoot(TensorVector a) => _tensor.copy_(a._tensor).sqrt_();

    public void SetRoot(TensorVector a, double value) => _tensor.copy_(a._tensor).PlusInPlace(value).sqrt_();
}
