namespace Rubato.Torch.Tensors;

/// <summary>
/// Frees every tensor that is made on this thread between <see cref="Begin"/> and the end of the scope, so that a training step leaves
/// nothing for the garbage collector.
/// </summary>
/// <example><code>
/// using var scope = TensorScope.Begin();
/// var loss = new CrossEntropy().Of(network.Forward(inputs, mode), labels);   // and all in between: freed at the end
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
    private readonly int _depth;

    private TensorScope(int start, int depth) => (_start, _depth) = (start, depth);

    /// <summary>Begins a scope.</summary>
    /// <returns>The scope; dispose it.</returns>
    public static TensorScope Begin()
    {
        Depth++;
        return new TensorScope((Made ??= new List<Tensor?>(256)).Count, Depth);
    }

    /// <summary>
    /// Hands a tensor of this scope, or of one inside it, to the scope around it, or to the caller if there is none. Does nothing to a
    /// tensor that was made outside.
    /// </summary>
    /// <param name="tensor">The tensor.</param>
    /// <returns>The same tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.KeptFrom = Math.Min(tensor.KeptFrom, _depth);
        return tensor;
    }

    /// <summary>Frees the scope's tensors, and those of scopes inside it that were not disposed. A second time does nothing.</summary>
    public void Dispose()
    {
        if (Made is not { } made || _depth == 0 || Depth < _depth)
        {
            return;
        }

        Depth = _depth - 1;
        var end = _start;
        for (var i = _start; i < made.Count; i++)
        {
            if (made[i] is not { } tensor)
            {
                continue;
            }

            if (tensor.KeptFrom > _depth)
            {
                tensor.Dispose();
                continue;
            }

            if (tensor.KeptFrom == _depth)
            {
                tensor.KeptFrom = int.MaxValue;
            }

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
