using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// How far a momentum buffer that begins empty stays behind: with a gradient G that does not change, <c>A_t = G (1 - m^t) / (1 - m)</c>
/// after t updates, and the weights, moved by <c>lr A</c> each, end up short of a run whose buffer was full from the start by <c>lr G m /
/// (1 - m)^2</c>.
/// </summary>
/// <param name="Displacement">
/// The lost way for G = 1: <c>lr m / (1 - m)^2</c>, in units of the weights per unit of the gradient; at least 0.
/// </param>
/// <param name="LostEpochs">
/// The same in epochs with a full buffer, each of which moves by <c>lr / (1 - m) N / B</c>: <c>m B / ((1 - m) N)</c>; at least 0.
/// </param>
/// <param name="TimeConstant">
/// In how many epochs the buffer fills to 63 %: <c>B / ((1 - m) N)</c>, which is 1 / (1 - m) updates; above 0.
/// </param>
/// <remarks>
/// The same lag comes back, smaller, at each change of the noise scale. Smith, Kindermans, Ying, Le 2018, arXiv 1711.00489, section 4.
/// Immutable.
/// </remarks>
public readonly record struct MomentumLag(double Displacement, double LostEpochs, double TimeConstant)
{
    /// <summary>The lag of a run that begins with such updates.</summary>
    /// <param name="update">What the updates are made with: rate finite and at least 0, batch size at least 1, momentum in [0, 1).</param>
    /// <param name="trainingSamples">The size N of the training set; at least 1.</param>
    /// <returns>The lag.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static MomentumLag Of(in HyperParameters update, long trainingSamples)
    {
        var rate = Require.FiniteAtLeastZero(update.LearningRate, nameof(update));
        var momentum = Require.Fraction(update.Momentum, nameof(update));
        var size = Require.Positive(update.BatchSize, nameof(update));
        var timeConstant = size / ((1 - momentum) * Require.Positive(trainingSamples));
        return new MomentumLag(rate * momentum / ((1 - momentum) * (1 - momentum)), momentum * timeConstant, timeConstant);
    }

    /// <summary>
    /// What a momentum buffer <c>A = sum of m^k g</c> is multiplied by where the momentum changes from m to m', so that there is no lag:
    /// its steady state <c>G / (1 - m)</c> becomes <c>G / (1 - m')</c>, hence <c>(1 - m) / (1 - m')</c>.
    /// </summary>
    /// <param name="from">The momentum m before, in [0, 1).</param>
    /// <param name="to">The momentum m' from here on, in [0, 1).</param>
    /// <returns>The factor; above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A momentum is out of its range.</exception>
    public static double BufferFactor(double from, double to) => (1 - Require.Fraction(from)) / (1 - Require.Fraction(to));
}
