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
            _tensor.mul_(factor);
        }
    }

    public void Multiply(double factor) => _tensor.mul_(factor);

    public void Multiply(TensorVector a) => _tensor.mul_(a._tensor);

    public void Divide(TensorVector a) => _tensor.div_(a._tensor);

    public void Add(double value) => _tensor.add_(value);

    public void Add(TensorVector a) => _tensor.add_(a._tensor);

    public void Add(TensorVector a, double factor) => _tensor.add_(a._tensor, alpha: factor);

    public void AddSquare(TensorVector a, double factor) => _tensor.addcmul_(a._tensor, a._tensor, factor);

    public void Decay(double decay, TensorVector a) => _tensor.mul_(decay).add_(a._tensor);

    public void AddQuotient(TensorVector a, TensorVector b, double factor) => _tensor.addcdiv_(a._tensor, b._tensor, factor);

    public void SetRoot(TensorVector a) => _tensor.copy_(a._tensor).sqrt_();

    public void SetRoot(TensorVector a, double value) => _tensor.copy_(a._tensor).add_(value).sqrt_();
}
