using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// The exponential rate that stands for constant learning rate lr, momentum m and weight decay wd, in closed form: with
/// <c>a</c> the larger root of <c>a^2 - (1 + m - wd lr) a + m = 0</c>,
/// <list type="bullet">
/// <item><description>rate of update t = 0, 1, ...: <c>lr~_t = lr a^(-2t-1)</c>; without momentum <c>a = 1 - wd
/// lr</c>;</description></item>
/// <item><description>weights: <c>w~_t = a^(-t) w_t</c>;</description></item>
/// <item><description>buffer at the start, where the other run has none: <c>v~_0 = -u w_0</c> with <c>u = (1 - a) / (a
/// lr)</c>.</description></item>
/// </list>
/// </summary>
/// <param name="LearningRate">lr; finite, at least 0.</param>
/// <param name="LogGrowth"><c>-ln a</c>: by which factor weights grow at each update, and rates by its square; at least 0.</param>
/// <param name="BufferOffset">
/// u, the fixed point of <c>u = (wd + m u) / (1 - lr (wd + m u))</c>; <c>wd / (1 - m)</c> where lr is 0; at least 0.
/// </param>
/// <remarks>
/// Real where <c>wd lr &lt;= (1 - sqrt(m))^2</c>: 2.63e-3 for m = 0.9, 6.4e-4 for 0.95, 2.5e-5 for 0.99. For small wd lr rates grow by
/// <c>1 + 2 wd lr / (1 - m)</c> at each update. Li and Arora 2019, "An Exponential Learning Rate Schedule for Deep Learning", arXiv
/// 1910.07454, Theorems 2.1 and 2.9. Immutable. <c>default</c> is a rate of 0 that does not grow.
/// </remarks>
public readonly record struct SteadyGrowth(double LearningRate, double LogGrowth, double BufferOffset)
{
    /// <summary>The factor a; in (0, 1].</summary>
    public double Alpha => Math.Exp(-LogGrowth);

    /// <summary>The growth that stands for constant hyper-parameters.</summary>
    /// <param name="update">Rate and weight decay finite and at least 0, momentum in [0, 1); the batch size is of no effect.</param>
    /// <returns>The growth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is out of its range, or the rate times the weight decay is above <see cref="Limit"/>, or 1 without momentum.
    /// </exception>
    public static SteadyGrowth Of(in HyperParameters update)
    {
        var rate = Require.FiniteAtLeastZero(update.LearningRate, nameof(update));
        var decay = Require.FiniteAtLeastZero(update.WeightDecay, nameof(update));
        var momentum = Require.Fraction(update.Momentum, nameof(update));
        var product = rate * decay;
        if (product > Limit(momentum) || product == 1)
        {
            throw new ArgumentOutOfRangeException(nameof(update), update, string.Create(
                CultureInfo.InvariantCulture,
                $"the learning rate times the weight decay is {NumberText.Of(product, 6)}, but must be at most "
                + $"(1 - sqrt(momentum))^2 = {NumberText.Of(Limit(momentum), 6)}, and below 1."));
        }

        // With x = 1 - a the equation is x^2 - b x + wd lr = 0, whose smaller root in this form loses no digits, and none at lr = 0.
        var b = 1 - momentum + product;
        var share = 2 / (b + Math.Sqrt(Math.Max((b * b) - (4 * product), 0)));
        var x = product * share;
        return new SteadyGrowth(rate, -DecayStep.LogOnePlus(-x), decay * share / (1 - x));
    }

    /// <summary>How large the product of rate and weight decay may be: <c>(1 - sqrt(m))^2</c>.</summary>
    /// <param name="momentum">m, in [0, 1).</param>
    /// <returns>In (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is out of its range.</exception>
    public static double Limit(double momentum)
    {
        var gap = 1 - Math.Sqrt(Require.Fraction(momentum));
        return gap * gap;
    }

    /// <summary>The natural logarithm of the rate of an update: <c>ln lr - (2 step - 1) ln a</c>.</summary>
    /// <param name="step">The update's number; the first is 1.</param>
    /// <returns>Finite, or negative infinity where lr is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public double LogRateAt(long step) => Math.Log(LearningRate) + (((2.0 * Require.Positive(step)) - 1) * LogGrowth);

    /// <summary>By which factor the rate grows over n updates: <c>a^(-2 updates)</c>.</summary>
    /// <param name="updates">Their number, such as those of an epoch, which need not be whole; finite, at least 0.</param>
    /// <returns>At least 1; such as 1.4812 for 391 updates at rate 0.1, momentum 0.9 and weight decay 5e-4.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not finite.</exception>
    public double OfRateOver(double updates) => Math.Exp(2 * Require.FiniteAtLeastZero(updates) * LogGrowth);
}
