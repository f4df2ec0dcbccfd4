namespace Rubato.Torch.Tensors;

public static partial class Ops
{
    private static readonly Operator MultiplyInPlaceOp = new("aten::mul_", "Tensor");
    private static readonly Operator AddProductInPlaceOp = new("aten::addcmul_");
    private static readonly Operator DivideOp = new("aten::div", "Tensor");
    private static readonly Operator AbsoluteOp = new("aten::abs");
    private static readonly Operator AtLeastOp = new("aten::clamp_min");
    private static readonly Operator SumOverOp = new("aten::sum", "dim_IntList");
    private static readonly Operator LargestOp = new("aten::max");
    private static readonly Operator EqualScalarOp = new("aten::eq", "Scalar");
    private static readonly Operator BelowOp = new("aten::lt", "Scalar");
    private static readonly Operator NotOp = new("aten::logical_not");
    private static readonly Operator OrOp = new("aten::logical_or");
    private static readonly Operator WhereOp = new("aten::where", "self");
    private static readonly Operator FillWhereOp = new("aten::masked_fill_", "Scalar");
    private static readonly Operator UnbindOp = new("aten::unbind", "int");
    private static readonly Operator SplitOp = new("aten::split", "Tensor");
    private static readonly Operator SplitAtOp = new("aten::split_with_sizes");
    private static readonly Operator ConcatenateOp = new("aten::cat");

    /// <summary>Multiplies a tensor by another.</summary>
    /// <param name="tensor">The tensor that changes.</param>
    /// <param name="other">A tensor of a broadcastable shape.</param>
    public static void MultiplyInPlace(Tensor tensor, Tensor other) => MultiplyInPlaceOp.CallInPlace(tensor, other);

    /// <summary>Adds <c>scale * a * b</c> to a tensor, by elements.</summary>
    /// <param name="tensor">The tensor that changes.</param>
    /// <param name="a">A tensor of a broadcastable shape.</param>
    /// <param name="b">A tensor of a broadcastable shape.</param>
    /// <param name="scale">The factor.</param>
    public static void AddProductInPlace(Tensor tensor, Tensor a, Tensor b, double scale = 1) =>
        AddProductInPlaceOp.CallInPlace(tensor, a, b, scale);

    /// <summary><c>left / right</c>, by elements.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">A tensor of a broadcastable shape.</param>
    /// <returns>The quotient.</returns>
    public static Tensor Divide(Tensor left, Tensor right) => DivideOp.Call(left, right);

    /// <summary>The absolute values.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <returns>At least 0 each.</returns>
    public static Tensor Absolute(Tensor tensor) => AbsoluteOp.Call(tensor);

    /// <summary>The larger of each element and a number.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="minimum">The number.</param>
    /// <returns>At least <paramref name="minimum"/> each; NaN stays NaN.</returns>
    public static Tensor AtLeast(Tensor tensor, double minimum) => AtLeastOp.Call(tensor, minimum);

    /// <summary>The sums over some dimensions, which stay with size 1.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="dimensions">The dimensions; at least one.</param>
    /// <returns>The sums.</returns>
    public static Tensor Sum(Tensor tensor, params ReadOnlySpan<long> dimensions) => SumOverOp.Call(tensor, dimensions, true);

    /// <summary>The Euclidean norms over some dimensions, which stay with size 1.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="dimensions">The dimensions; at least one.</param>
    /// <returns>The norms.</returns>
    public static Tensor Norm(Tensor tensor, params ReadOnlySpan<long> dimensions) => NormOp.Call(tensor, 2.0, dimensions, true);

    /// <summary>The largest element.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <returns>A scalar; NaN if an element is.</returns>
    public static Tensor Largest(Tensor tensor) => LargestOp.Call(tensor);

    /// <summary>Where elements equal a number.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="value">The number.</param>
    /// <returns>True or false by elements.</returns>
    public static Tensor AreEqual(Tensor tensor, double value) => EqualScalarOp.Call(tensor, value);

    /// <summary>Where elements are below a number.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="limit">The number.</param>
    /// <returns>True or false by elements; false for NaN.</returns>
    public static Tensor AreBelow(Tensor tensor, double limit) => BelowOp.Call(tensor, limit);

    /// <summary>False where true stands, and true where false.</summary>
    /// <param name="condition">True or false.</param>
    /// <returns>The contrary, by elements.</returns>
    public static Tensor Not(Tensor condition) => NotOp.Call(condition);

    /// <summary>True where one of two is.</summary>
    /// <param name="left">True or false.</param>
    /// <param name="right">True or false, of a broadcastable shape.</param>
    /// <returns>True or false by elements.</returns>
    public static Tensor Or(Tensor left, Tensor right) => OrOp.Call(left, right);

    /// <summary>Elements of one tensor where a condition holds, and of another elsewhere.</summary>
    /// <param name="condition">True or false, of a broadcastable shape.</param>
    /// <param name="then">A tensor.</param>
    /// <param name="otherwise">A tensor of the same type and a broadcastable shape.</param>
    /// <returns>The elements chosen.</returns>
    public static Tensor Where(Tensor condition, Tensor then, Tensor otherwise) => WhereOp.Call(condition, then, otherwise);

    /// <summary>Sets the elements where a condition holds.</summary>
    /// <param name="tensor">The tensor that changes.</param>
    /// <param name="condition">True or false, of a broadcastable shape.</param>
    /// <param name="value">What is set there.</param>
    public static void FillWhere(Tensor tensor, Tensor condition, double value) => FillWhereOp.CallInPlace(tensor, condition, value);

    /// <summary>Takes a tensor apart along its first dimension: the inverse of <see cref="Stack"/>.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>, with as much room as the dimension is long.</param>
    /// <param name="tensor">A tensor of at least one dimension.</param>
    public static void Unbind(TensorList destination, Tensor tensor) => UnbindOp.CallInto(destination, tensor, 0L);

    /// <summary>Takes a tensor apart along its first dimension, into parts of one length; the parts share its memory.</summary>
    /// <param name="tensor">A tensor of at least one dimension.</param>
    /// <param name="length">How long a part is, at least 1; the last one has what is left.</param>
    /// <returns>The parts, in order.</returns>
    public static Tensor[] Split(Tensor tensor, long length)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return SplitOp.CallList((int)Math.Max(1, ((tensor.Shape[0] - 1) / length) + 1), tensor, length, 0L);
    }

    /// <summary>Takes a tensor apart along its first dimension, into two parts that share its memory.</summary>
    /// <param name="tensor">A tensor of at least one dimension.</param>
    /// <param name="length">How long the first part is; at least 0, at most the dimension.</param>
    /// <returns>The parts.</returns>
    public static (Tensor First, Tensor Second) SplitAt(Tensor tensor, long length)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var parts = SplitAtOp.CallList(2, tensor, (ReadOnlySpan<long>)[length, tensor.Shape[0] - length], 0L);
        return (parts[0], parts[1]);
    }

    /// <summary>Puts tensors together along their first dimension.</summary>
    /// <param name="tensors">At least one; equal shapes but for the first dimension.</param>
    /// <returns>Their elements, in order.</returns>
    public static Tensor Concatenate(TensorList tensors) => ConcatenateOp.Call(tensors, 0L);
}
