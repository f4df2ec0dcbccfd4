namespace Rubato.Torch.Optimizers.Updates;

/// <summary>
/// Numbers that a rule of update works on, all with the same count: a stretch of a tensor's memory, or a whole tensor on a device.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <remarks>Every method changes this vector and no other. Numbers are rounded to the vector's precision after each operation.</remarks>
internal interface IVector<TSelf>
    where TSelf : IVector<TSelf>, allows ref struct
{
    /// <summary><c>x = a factor</c>.</summary>
    void Set(TSelf a, double factor);

    /// <summary><c>x = a + b factor</c>.</summary>
    void SetSum(TSelf a, TSelf b, double factor);

    /// <summary><c>x = min(max(x, -limit), limit)</c>; NaN stays.</summary>
    void Clamp(double limit);

    /// <summary><c>x *= factor</c>.</summary>
    void Multiply(double factor);

    /// <summary><c>x *= a</c>.</summary>
    void Multiply(TSelf a);

    /// <summary><c>x /= a</c>.</summary>
    void Divide(TSelf a);

    /// <summary><c>x += value</c>.</summary>
    void Add(double value);

    /// <summary><c>x += a</c>.</summary>
    void Add(TSelf a);

    /// <summary><c>x += a factor</c>.</summary>
    void Add(TSelf a, double factor);

    /// <summary><c>x += a^2 factor</c>.</summary>
    void AddSquare(TSelf a, double factor);

    /// <summary><c>x = x decay + a</c>.</summary>
    void Decay(double decay, TSelf a);

    /// <summary><c>x += a / b factor</c>.</summary>
    void AddQuotient(TSelf a, TSelf b, double factor);

    /// <summary><c>x = sqrt(a)</c>.</summary>
    void SetRoot(TSelf a);

    /// <summary><c>x = sqrt(a + value)</c>.</summary>
    void SetRoot(TSelf a, double value);
}
