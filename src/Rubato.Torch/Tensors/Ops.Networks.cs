namespace Rubato.Torch.Tensors;

public static partial class Ops
{
    // at::Reduction::Mean
    private const long MeanReduction = 1;

    private static readonly Operator LinearOp = new("aten::linear");
    private static readonly Operator Conv2dOp = new("aten::conv2d");
    private static readonly Operator BatchNormOp = new("aten::batch_norm");
    private static readonly Operator ReluOp = new("aten::relu");
    private static readonly Operator ReluInPlaceOp = new("aten::relu_");
    private static readonly Operator MaxPool2dOp = new("aten::max_pool2d");
    private static readonly Operator AveragePool2dOp = new("aten::avg_pool2d");
    private static readonly Operator AdaptiveAveragePool2dOp = new("aten::adaptive_avg_pool2d");
    private static readonly Operator FlattenOp = new("aten::flatten", "using_ints");
    private static readonly Operator DropoutOp = new("aten::dropout");
    private static readonly Operator CrossEntropyOp = new("aten::cross_entropy_loss");
    private static readonly Operator MeanSquaredErrorOp = new("aten::mse_loss");

    /// <summary><c>input weight^T + bias</c>.</summary>
    /// <param name="input">(..., in).</param>
    /// <param name="weight">(out, in).</param>
    /// <param name="bias">(out), or null.</param>
    /// <returns>(..., out).</returns>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias) => LinearOp.Call(input, weight, bias);

    /// <summary>Cross-correlation over images.</summary>
    /// <param name="input">(N, in, H, W).</param>
    /// <param name="weight">(out, in, kernel, kernel).</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="stride">Pixels between windows.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <returns>(N, out, H', W') with <c>H' = floor((H + 2 padding - kernel) / stride) + 1</c>.</returns>
    public static Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias, long stride, long padding) =>
        Conv2dOp.Call(input, weight, bias, (ReadOnlySpan<long>)[stride, stride], (ReadOnlySpan<long>)[padding, padding]);

    /// <summary>Batch normalization (Ioffe and Szegedy 2015, arXiv 1502.03167, algorithm 1).</summary>
    /// <param name="input">(N, C, ...).</param>
    /// <param name="weight">(C), or null for 1.</param>
    /// <param name="bias">(C), or null for 0.</param>
    /// <param name="runningMean">(C); used, and changed when <paramref name="training"/>; null uses the batch's own.</param>
    /// <param name="runningVariance">(C); as <paramref name="runningMean"/>.</param>
    /// <param name="training">Whether the batch's own statistics are used.</param>
    /// <param name="momentum">The share of the batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The shape of the input.</returns>
    public static Tensor BatchNorm(
        Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum, double epsilon) =>
        BatchNormOp.Call(input, weight, bias, runningMean, runningVariance, training, momentum, epsilon, true);

    /// <summary><c>max(x, 0)</c>, by elements.</summary>
    /// <param name="input">Any shape.</param>
    /// <returns>The same shape.</returns>
    public static Tensor Relu(Tensor input) => ReluOp.Call(input);

    /// <summary><c>max(x, 0)</c> in the memory of its input, for an input that nothing else needs.</summary>
    /// <param name="input">Any shape; it changes.</param>
    public static void ReluInPlace(Tensor input) => ReluInPlaceOp.CallInPlace(input);

    /// <summary>The largest value of each window.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="kernel">The window's side.</param>
    /// <param name="stride">Pixels between windows.</param>
    /// <param name="ceiling">Whether a window that is cut off at the edge still counts.</param>
    /// <returns>(N, C, H', W').</returns>
    public static Tensor MaxPool2d(Tensor input, long kernel, long stride, bool ceiling = false) =>
        MaxPool2dOp.Call(
            input, (ReadOnlySpan<long>)[kernel, kernel], (ReadOnlySpan<long>)[stride, stride], (ReadOnlySpan<long>)[0, 0], (ReadOnlySpan<long>)[1, 1], ceiling);

    /// <summary>The mean of each window; a window that is cut off at the edge is divided by what is left of it.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="kernel">The window's side.</param>
    /// <param name="stride">Pixels between windows.</param>
    /// <param name="padding">Zeros around the image, which count in the mean.</param>
    /// <param name="ceiling">Whether a window that is cut off at the edge still counts.</param>
    /// <returns>(N, C, H', W').</returns>
    public static Tensor AveragePool2d(Tensor input, long kernel, long stride, long padding = 0, bool ceiling = false) =>
        AveragePool2dOp.Call(
            input, (ReadOnlySpan<long>)[kernel, kernel], (ReadOnlySpan<long>)[stride, stride], (ReadOnlySpan<long>)[padding, padding], ceiling, true);

    /// <summary>The mean of each channel.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, C, 1, 1).</returns>
    public static Tensor GlobalAveragePool2d(Tensor input) => AdaptiveAveragePool2dOp.Call(input, (ReadOnlySpan<long>)[1, 1]);

    /// <summary>All dimensions but the first as one.</summary>
    /// <param name="input">(N, ...).</param>
    /// <returns>(N, product of the rest).</returns>
    public static Tensor Flatten(Tensor input) => FlattenOp.Call(input, 1L, -1L);

    /// <summary>Sets elements to 0 with a probability and divides the rest by its complement, by libtorch's generator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="probability">In [0, 1).</param>
    /// <returns>The same shape.</returns>
    public static Tensor Dropout(Tensor input, double probability) => DropoutOp.Call(input, probability, true);

    /// <summary>Mean cross entropy of softmax(logits), with the labels' distribution mixed with the uniform one.</summary>
    /// <param name="logits">(N, classes).</param>
    /// <param name="labels">64-bit integers of shape (N).</param>
    /// <param name="smoothing">The uniform distribution's share; in [0, 1].</param>
    /// <returns>A scalar.</returns>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, double smoothing) =>
        CrossEntropyOp.Call(logits, labels, Argument.None, MeanReduction, -100L, smoothing);

    /// <summary>The mean of the squared differences over all elements.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="target">The same shape.</param>
    /// <returns>A scalar.</returns>
    public static Tensor MeanSquaredError(Tensor input, Tensor target) => MeanSquaredErrorOp.Call(input, target, MeanReduction);
}
