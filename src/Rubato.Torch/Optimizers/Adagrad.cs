using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Adagrad (Duchi, Hazan, Singer 2011), as in PyTorch: <c>g = gradient + decay w; s += g^2; w -= rate g / (sqrt(s) + eps)</c>.
/// The plan's momentum is not used.
/// </summary>
public sealed class Adagrad : Optimizer
{
    private readonly double _epsilon;
    private readonly TensorList[] _sum;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    public Adagrad(IReadOnlyList<ParameterGroup> groups, double epsilon = 1e-10)
        : base(groups)
    {
        _epsilon = epsilon;
        _sum = StateOfZeros();
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var rule = new Rule(hyperParameters.LearningRate, hyperParameters.WeightDecay, _epsilon);
        ElementwiseUpdate.Run(rule, parameters, gradients, _sum[group]);
    }

    private readonly record struct Rule(double Rate, double Decay, double Epsilon) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            var w = x.Weight;
            var g = x.Gradient;
            var sum = x.First;
            var root = x.Room;
            AddDecay(w, g, Decay);
            sum.AddSquare(g, 1);
            root.SetRoot(sum);
            root.Add(Epsilon);
            w.AddQuotient(g, root, -Rate);
        }
    }
}
