namespace Rubato.Torch.Tensors;

/// <summary>
/// Frees every tensor that is made on this thread between <see cref="Begin"/> and the end of the scope, so that a training step leaves
/// nothing for the garbage collector.
/// </summary>
/// <example><code>
/// using var scope = TensorScope.Begin();
/// var loss = Loss.CrossEntropy(network.Forward(inputs, mode), labels);   // and all in between: freed at the end
/// return scope.Keep(loss);                                              // except what is kept
/// </code></example>
/// <remarks>Scopes nest. A scope must end on the thread that it began on, innermost first, which <c>using</c> sees to.</remarks>
public readonly ref struct TensorScope
{
    // One list a thread for all its scopes: a scope is where in the list it began, so that beginning one allocates nothing.
    [ThreadStatic]
    private static List<Tensor?>? Made;

    [ThreadStatic]
    private static int Depth;

    private readonly int _start;

    private TensorScope(int start) => _start = start;

    /// <summary>Begins a scope.</summary>
    /// <returns>The scope; dispose it.</returns>
    public static TensorScope Begin()
    {
        Depth++;
        return new TensorScope((Made ??= new List<Tensor?>(256)).Count);
    }

    /// <summary>Hands a tensor of this scope to the scope around it, or to the caller if there is none.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <returns>The same tensor.</returns>
#pragma warning disable CA1822 // Mark members as static: keeping is something that a scope does.
    public Tensor Keep(Tensor tensor)
#pragma warning restore CA1822
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.IsKept = true;
        return tensor;
    }

    /// <summary>Frees the scope's tensors.</summary>
    public void Dispose()
    {
        if (Made is not { } made)
        {
            return;
        }

        Depth--;
        var end = _start;
        for (var i = _start; i < made.Count; i++)
        {
            if (made[i] is not { } tensor)
            {
                continue;
            }

            if (!tensor.IsKept)
            {
                tensor.Dispose();
                continue;
            }

            tensor.IsKept = false;
            if (Depth > 0)
            {
                made[end++] = tensor;
            }
        }

        made.RemoveRange(end, made.Count - end);
    }

    internal static void Adopt(Tensor tensor)
    {
        if (Depth > 0)
        {
            Made?.Add(tensor);
        }
    }

    internal static void Abandon(Tensor tensor)
    {
        // From the end: what is taken out was most often made last.
        if (Made is { } made && made.LastIndexOf(tensor) is >= 0 and var index)
        {
            made[index] = null;
        }
    }
}
