using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Adadelta (Zeiler 2012, arXiv 1212.5701, algorithm 1) with a rate, as in PyTorch: <c>g = gradient + decay w;
/// s = rho s + (1 - rho) g^2; u = sqrt(d + eps) / sqrt(s + eps) g; d = rho d + (1 - rho) u^2; w -= rate u</c>. The plan's momentum is
/// not used.
/// </summary>
public sealed class Adadelta : Optimizer
{
    private readonly double _rho;
    private readonly double _epsilon;
    private readonly TensorList[] _square;
    private readonly TensorList[] _update;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="rho">The coefficient of the mean squares, in [0, 1).</param>
    /// <param name="epsilon">Added under the roots; above 0.</param>
    public Adadelta(IReadOnlyList<ParameterGroup> groups, double rho = 0.9, double epsilon = 1e-6)
        : base(groups)
    {
        (_rho, _epsilon) = (rho, epsilon);
        (_square, _update) = (StateOfZeros(), StateOfZeros());
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var rule = new Rule(hyperParameters.LearningRate, hyperParameters.WeightDecay, _rho, _epsilon);
        ElementwiseUpdate.Run(rule, parameters, gradients, _square[group], _update[group]);
    }

    private readonly record struct Rule(double Rate, double Decay, double Rho, double Epsilon) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            var w = x.Weight;
            var g = x.Gradient;
            var square = x.First;
            var update = x.Second;
            var root = x.Room;
            var delta = x.OtherRoom;
            AddDecay(w, g, Decay);
            square.Multiply(Rho);
            square.AddSquare(g, 1 - Rho);
            root.SetRoot(square, Epsilon);
            delta.SetRoot(update, Epsilon);
            delta.Divide(root);
            delta.Multiply(g);
            update.Multiply(Rho);
            update.AddSquare(delta, 1 - Rho);
            w.Add(delta, -Rate);
        }
    }
}
