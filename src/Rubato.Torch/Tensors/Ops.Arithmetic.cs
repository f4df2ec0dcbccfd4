namespace Rubato.Torch.Tensors;

public static partial class Ops
{
    private static readonly Operator AddOp = new("aten::add", "Tensor");
    private static readonly Operator AddScalarOp = new("aten::add", "Scalar");
    private static readonly Operator AddInPlaceOp = new("aten::add_", "Tensor");
    private static readonly Operator AddScalarInPlaceOp = new("aten::add_", "Scalar");
    private static readonly Operator SubtractOp = new("aten::sub", "Tensor");
    private static readonly Operator MultiplyOp = new("aten::mul", "Tensor");
    private static readonly Operator MultiplyScalarOp = new("aten::mul", "Scalar");
    private static readonly Operator MultiplyScalarInPlaceOp = new("aten::mul_", "Scalar");
    private static readonly Operator PowerOp = new("aten::pow", "Tensor_Scalar");
    private static readonly Operator SumOp = new("aten::sum");
    private static readonly Operator NormOp = new("aten::linalg_vector_norm");
    private static readonly Operator StackOp = new("aten::stack");
    private static readonly Operator MatrixProductOp = new("aten::matmul");
    private static readonly Operator ArgMaxOp = new("aten::argmax");
    private static readonly Operator EqualOp = new("aten::eq", "Tensor");
    private static readonly Operator OneHotOp = new("aten::one_hot");
    private static readonly Operator ReshapeOp = new("aten::reshape");
    private static readonly Operator SliceOp = new("aten::slice", "Tensor");
    private static readonly Operator PadOp = new("aten::constant_pad_nd");

    /// <summary><c>left + scale * right</c>, by elements.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">A tensor of a broadcastable shape.</param>
    /// <param name="scale">The factor.</param>
    /// <returns>The sum.</returns>
    public static Tensor Add(Tensor left, Tensor right, double scale = 1) => AddOp.Call(left, right, scale);

    /// <summary><c>tensor + value</c>, by elements.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="value">A number.</param>
    /// <returns>The sum.</returns>
    public static Tensor Add(Tensor tensor, double value) => AddScalarOp.Call(tensor, value);

    /// <summary>Adds <c>scale * other</c> to a tensor.</summary>
    /// <param name="tensor">The tensor that changes.</param>
    /// <param name="other">A tensor of a broadcastable shape.</param>
    /// <param name="scale">The factor.</param>
    public static void AddInPlace(Tensor tensor, Tensor other, double scale = 1) => AddInPlaceOp.CallInPlace(tensor, other, scale);

    /// <summary>Adds a whole number to a tensor.</summary>
    /// <param name="tensor">The tensor that changes.</param>
    /// <param name="value">The number.</param>
    public static void AddInPlace(Tensor tensor, long value) => AddScalarInPlaceOp.CallInPlace(tensor, value);

    /// <summary><c>left - right</c>, by elements.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">A tensor of a broadcastable shape.</param>
    /// <returns>The difference.</returns>
    public static Tensor Subtract(Tensor left, Tensor right) => SubtractOp.Call(left, right);

    /// <summary><c>left * right</c>, by elements.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">A tensor of a broadcastable shape.</param>
    /// <returns>The product.</returns>
    public static Tensor Multiply(Tensor left, Tensor right) => MultiplyOp.Call(left, right);

    /// <summary><c>tensor * value</c>, by elements.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="value">A number.</param>
    /// <returns>The product.</returns>
    public static Tensor Multiply(Tensor tensor, double value) => MultiplyScalarOp.Call(tensor, value);

    /// <summary>Multiplies a tensor by a number.</summary>
    /// <param name="tensor">The tensor that changes.</param>
    /// <param name="value">The number.</param>
    public static void MultiplyInPlace(Tensor tensor, double value) => MultiplyScalarInPlaceOp.CallInPlace(tensor, value);

    /// <summary><c>tensor ^ exponent</c>, by elements.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="exponent">A number.</param>
    /// <returns>The power.</returns>
    public static Tensor Power(Tensor tensor, double exponent) => PowerOp.Call(tensor, exponent);

    /// <summary>The sum of all elements.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Sum(Tensor tensor) => SumOp.Call(tensor);

    /// <summary>The Euclidean norm of all elements.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Norm(Tensor tensor) => NormOp.Call(tensor, 2.0);

    /// <summary>Tensors of one shape along a new first dimension.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <returns>Their stack.</returns>
    public static Tensor Stack(TensorList tensors) => StackOp.Call(tensors, 0L);

    /// <summary>The matrix product.</summary>
    /// <param name="left">(..., n, m).</param>
    /// <param name="right">(..., m, p).</param>
    /// <returns>(..., n, p).</returns>
    public static Tensor MatrixProduct(Tensor left, Tensor right) => MatrixProductOp.Call(left, right);

    /// <summary>Where along a dimension the largest element is.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="dimension">The dimension; negative counts from the last.</param>
    /// <returns>Indices as 64-bit integers, without the dimension.</returns>
    public static Tensor ArgMax(Tensor tensor, int dimension) => ArgMaxOp.Call(tensor, (long)dimension);

    /// <summary>Where two tensors have equal elements.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">A tensor of a broadcastable shape.</param>
    /// <returns>True or false by elements.</returns>
    public static Tensor AreEqual(Tensor left, Tensor right) => EqualOp.Call(left, right);

    /// <summary>Labels as rows with a single 1.</summary>
    /// <param name="labels">64-bit integers in [0, classes), of shape (N).</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>64-bit integers of shape (N, classes).</returns>
    public static Tensor OneHot(Tensor labels, long classes) => OneHotOp.Call(labels, classes);

    /// <summary>The same elements in another shape.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="shape">The sizes; one of them may be -1, which stands for what is left.</param>
    /// <returns>A view where the memory allows it, else a copy.</returns>
    public static Tensor Reshape(Tensor tensor, params ReadOnlySpan<long> shape) => ReshapeOp.Call(tensor, shape);

    /// <summary>Every <paramref name="step"/>-th entry of a dimension, from <paramref name="start"/> up to and without <paramref name="end"/>.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="start">The first entry.</param>
    /// <param name="end">The end, excluded; cut off at the dimension's size.</param>
    /// <param name="step">The stride; at least 1.</param>
    /// <returns>A view.</returns>
    public static Tensor Slice(Tensor tensor, int dimension, long start, long end = long.MaxValue, long step = 1) =>
        SliceOp.Call(tensor, (long)dimension, start, end, step);

    /// <summary>Surrounds a tensor with zeros.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="padding">Entries before and after, for the last dimension first, as many dimensions as given; at most 8 numbers.</param>
    /// <returns>The larger tensor.</returns>
    public static Tensor PadWithZeros(Tensor tensor, params ReadOnlySpan<long> padding) => PadOp.Call(tensor, padding, 0.0);
}
