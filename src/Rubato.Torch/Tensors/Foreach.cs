namespace Rubato.Torch.Tensors;

/// <summary>
/// libtorch's multi-tensor operators (<c>_foreach_</c>): one call for all parameters of a group, element by element of the lists.
/// </summary>
/// <remarks>The lists have equal lengths and shapes. Call them under <see cref="Autograd.NoGrad"/> where they change parameters.</remarks>
public static class Foreach
{
    private static readonly Operator AddListOp = new("aten::_foreach_add_", "List");
    private static readonly Operator AddScalarOp = new("aten::_foreach_add_", "Scalar");
    private static readonly Operator MultiplyScalarOp = new("aten::_foreach_mul_", "Scalar");
    private static readonly Operator MultiplyListOp = new("aten::_foreach_mul_", "List");
    private static readonly Operator DivideScalarOp = new("aten::_foreach_div_", "Scalar");
    private static readonly Operator AddProductOp = new("aten::_foreach_addcmul_", "Scalar");
    private static readonly Operator AddQuotientOp = new("aten::_foreach_addcdiv_", "Scalar");
    private static readonly Operator SquareRootInPlaceOp = new("aten::_foreach_sqrt_");
    private static readonly Operator SquareRootOp = new("aten::_foreach_sqrt");
    private static readonly Operator SumOp = new("aten::_foreach_add", "Scalar");
    private static readonly Operator DivideListOp = new("aten::_foreach_div_", "List");
    private static readonly Operator ProductOp = new("aten::_foreach_mul", "Scalar");
    private static readonly Operator QuotientOp = new("aten::_foreach_div", "List");
    private static readonly Operator NormOp = new("aten::_foreach_norm", "Scalar");

    /// <summary><c>a += scale b</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="b">What is added.</param>
    /// <param name="scale">The factor.</param>
    public static void Add(TensorList a, TensorList b, double scale = 1) => AddListOp.CallInPlace(a, b, scale);

    /// <summary><c>a += value</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="value">What is added.</param>
    public static void Add(TensorList a, double value) => AddScalarOp.CallInPlace(a, value);

    /// <summary><c>a *= value</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="value">The factor.</param>
    public static void Multiply(TensorList a, double value) => MultiplyScalarOp.CallInPlace(a, value);

    /// <summary><c>a *= b</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="b">The factors; scalars multiply all of their tensor.</param>
    public static void Multiply(TensorList a, TensorList b) => MultiplyListOp.CallInPlace(a, b);

    /// <summary><c>a /= value</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="value">The divisor.</param>
    public static void Divide(TensorList a, double value) => DivideScalarOp.CallInPlace(a, value);

    /// <summary><c>a /= b</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="b">The divisors.</param>
    public static void Divide(TensorList a, TensorList b) => DivideListOp.CallInPlace(a, b);

    /// <summary><c>a += scale b c</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">A factor.</param>
    /// <param name="scale">A factor.</param>
    public static void AddProduct(TensorList a, TensorList b, TensorList c, double scale) => AddProductOp.CallInPlace(a, b, c, scale);

    /// <summary><c>a += scale b / c</c>.</summary>
    /// <param name="a">What changes.</param>
    /// <param name="b">The dividend.</param>
    /// <param name="c">The divisor.</param>
    /// <param name="scale">A factor.</param>
    public static void AddQuotient(TensorList a, TensorList b, TensorList c, double scale) => AddQuotientOp.CallInPlace(a, b, c, scale);

    /// <summary><c>a = sqrt(a)</c>.</summary>
    /// <param name="a">What changes.</param>
    public static void SquareRoot(TensorList a) => SquareRootInPlaceOp.CallInPlace(a);

    /// <summary><c>destination = sqrt(a)</c>, in new memory.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>.</param>
    /// <param name="a">What is read.</param>
    public static void SquareRoot(TensorList destination, TensorList a) => SquareRootOp.CallInto(destination, a);

    /// <summary><c>destination = a + value</c>, in new memory.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>.</param>
    /// <param name="a">What is read.</param>
    /// <param name="value">What is added.</param>
    public static void Sum(TensorList destination, TensorList a, double value) => SumOp.CallInto(destination, a, value);

    /// <summary><c>destination = a value</c>, in new memory.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>.</param>
    /// <param name="a">What is read.</param>
    /// <param name="value">The factor.</param>
    public static void Product(TensorList destination, TensorList a, double value) => ProductOp.CallInto(destination, a, value);

    /// <summary><c>destination = a / b</c>, in new memory.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>.</param>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    public static void Quotient(TensorList destination, TensorList a, TensorList b) => QuotientOp.CallInto(destination, a, b);

    /// <summary>The Euclidean norm of each tensor, as scalars.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>.</param>
    /// <param name="a">What is read.</param>
    public static void Norm(TensorList destination, TensorList a) => NormOp.CallInto(destination, a, 2.0);
}
