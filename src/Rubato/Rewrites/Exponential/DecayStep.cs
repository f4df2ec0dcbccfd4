using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// One step of the recursion of <see cref="ExponentialRewrites.ToExponential"/>: <c>d = wd + m u</c>, <c>a = 1 - lr d</c>, <c>u' = d /
/// a</c>, and the weights grow by <c>1 / a = 1 + lr u'</c>.
/// </summary>
/// <param name="Alpha">a; the rewrite exists only where it is above 0.</param>
/// <param name="LogGrowth"><c>-ln a</c>; not a number where a is not above 0.</param>
/// <param name="OffsetAfter">u'.</param>
internal readonly record struct DecayStep(double Alpha, double LogGrowth, double OffsetAfter)
{
    /// <summary>The step, where the rewrite exists.</summary>
    /// <exception cref="InvalidInputException">a is not above 0.</exception>
    internal static DecayStep Of(double offset, in HyperParameters made)
    {
        var step = From(offset, made.LearningRate, made.Momentum, made.WeightDecay);
        return step.Alpha > 0
            ? step
            : throw new InvalidInputException(new Finding(string.Create(
                CultureInfo.InvariantCulture,
                $"weight decay {ExactNumber.Text(made.WeightDecay)} at learning rate {ExactNumber.Text(made.LearningRate)} "
                + $"and momentum {ExactNumber.Text(made.Momentum)} takes away more than all of the weights "
                + $"(alpha = {NumberText.Of(step.Alpha, 4)}, and it must be above 0), which no growing rate can stand for"))
            {
                Remedy = "lower the weight decay or the learning rate",
            });
    }

    internal static DecayStep From(double offset, double learningRate, double momentum, double weightDecay)
    {
        var pull = weightDecay + (momentum * offset);
        var alpha = 1 - (learningRate * pull);
        return new DecayStep(alpha, -LogOnePlus(-learningRate * pull), pull / alpha);
    }

    /// <summary>
    /// <c>ln(1 + x)</c> to a few units in the last place also for small x, which <see cref="double.LogP1"/> rounds to 1 + x first.
    /// </summary>
    /// <remarks>Theorem 4 of Goldberg 1991, "What every computer scientist should know about floating-point arithmetic".</remarks>
    internal static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
