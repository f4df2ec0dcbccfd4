using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

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
    private TensorList[]? _buffer;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="alpha">The coefficient of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    public RmsProp(IReadOnlyList<ParameterGroup> groups, double alpha = 0.99, double epsilon = 1e-8)
        : base(groups)
    {
        (_alpha, _epsilon) = (alpha, epsilon);
        _square = StateOfZeros();
    }

    /// <inheritdoc/>
    internal override void MakeAllState() => _buffer ??= StateOfZeros();

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var momentum = hyperParameters.Momentum;
        var buffer = momentum == 0 && _buffer is null ? null : (_buffer ??= StateOfZeros())[group];
        var rule = new Rule(hyperParameters.LearningRate, momentum, hyperParameters.WeightDecay, _alpha, _epsilon, buffer is not null);
        ElementwiseUpdate.Run(rule, parameters, gradients, _square[group], buffer);
    }

    private readonly record struct Rule(
        double Rate, double Momentum, double Decay, double Alpha, double Epsilon, bool HasBuffer) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            var w = x.Weight;
            var g = x.Gradient;
            var square = x.First;
            var buffer = x.Second;
            var root = x.Room;
            AddDecay(w, g, Decay);
            square.Multiply(Alpha);
            square.AddSquare(g, 1 - Alpha);
            root.SetRoot(square);
            root.Add(Epsilon);
            if (!HasBuffer)
            {
                w.AddQuotient(g, root, -Rate);
                return;
            }

            buffer.Multiply(Momentum);
            buffer.AddQuotient(g, root, 1);
            w.Add(buffer, -Rate);
        }
    }
}
