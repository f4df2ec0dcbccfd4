using Rubato.Plans;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// RMSprop (Hinton 2012, lecture 6.5), as in PyTorch: <c>g = gradient + decay w; s = a s + (1 - a) g^2; u = g / (sqrt(s) + eps)</c>;
/// without momentum <c>w -= rate u</c>, with it <c>b = m b + u; w -= rate b</c>.
/// </summary>
public sealed class RmsProp : Optimizer
{
    private readonly double _alpha;
    private readonly double _epsilon;
    private readonly TensorList[] _square;
    private readonly TensorList[] _root;
    private TensorList[]? _buffer;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="alpha">The coefficient of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    public RmsProp(IReadOnlyList<ParameterGroup> groups, double alpha = 0.99, double epsilon = 1e-8)
        : base(groups)
    {
        (_alpha, _epsilon) = (alpha, epsilon);
        (_square, _root) = (StateOfZeros(), RoomForEach());
    }

    internal static OptimizerKind Kind { get; } = new(
        "rmsprop",
        "RMSprop; options alpha, eps",
        UsualRate: 0.001,
        UsualMomentum: 0,
        UsualWeightDecay: 0,
        options =>
        {
            var alpha = options.TakeNumber("alpha", 0.99, value => value is >= 0 and < 1, "at least 0 and below 1");
            var epsilon = options.TakeNumber("eps", 1e-8, value => value > 0, "above 0");
            options.Finish();
            return groups => new RmsProp(groups, alpha, epsilon);
        });

    /// <inheritdoc/>
    internal override void MakeAllState() => _buffer ??= StateOfZeros();

    /// <inheritdoc/>
    protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var (rate, momentum) = (hyperParameters.LearningRate, hyperParameters.Momentum);
        AddDecay(parameters, gradients, hyperParameters.WeightDecay);
        var (square, root) = (_square[group], _root[group]);
        Foreach.Multiply(square, _alpha);
        Foreach.AddProduct(square, gradients, gradients, 1 - _alpha);
        Foreach.SquareRoot(root, square);
        Foreach.Add(root, _epsilon);
        if (momentum == 0 && _buffer is null)
        {
            Foreach.AddQuotient(parameters, gradients, root, -rate);
        }
        else
        {
            var buffer = (_buffer ??= StateOfZeros())[group];
            Foreach.Multiply(buffer, momentum);
            Foreach.AddQuotient(buffer, gradients, root, 1);
            Foreach.Add(parameters, buffer, -rate);
        }

        root.Clear();
    }
}
