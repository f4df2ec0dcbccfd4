using Rubato.Tests.Numerics;

namespace Rubato.Tests.Control;

/// <summary>
/// The slow, obvious twin of AutoWU's warm-up: dense matrices, random subsets of its own, rates by repeated multiplication. Gives the update after which
/// the rate is changed, and to what.
/// </summary>
internal sealed class PublishedWarmup(int stepsPerEpoch, int epochs, long seed)
{
    private readonly double[] _raw = [0, Math.Log(Math.Exp(1e-3 - 1e-4) - 1), 0];
    private readonly double[] _first = new double[3];
    private readonly double[] _second = new double[3];
    private CounterRandom _random = new(seed, 99, 0);
    private int _steps;

    internal (int Step, double Rate) Run(Func<long, double, double> loss)
    {
        var longest = (int)(0.5 * stepsPerEpoch * epochs);
        var gamma = Math.Pow(1 / 1e-5, 1.0 / longest);
        var (rate, losses, results) = (1e-5, new List<double>(), new List<bool>());
        for (var step = 1; ; step++)
        {
            losses.Add(loss(step - 1, rate));
            if (step >= longest)
            {
                return (step, rate);
            }

            if (step % stepsPerEpoch == 0)
            {
                var (isPast, minima) = Test(losses);
                results.Add(isPast);
                if (results.Count >= 3 && results[^3..].All(result => result))
                {
                    return (step, minima.Average(x => 1e-5 * Math.Pow(rate / 1e-5, x)));
                }
            }

            rate *= gamma;
        }
    }

    private static double Softplus(double raw) => Math.Log(1 + Math.Exp(raw));

    private (bool IsPast, double[] Minima) Test(List<double> losses)
    {
        _raw[2] = losses.Where(double.IsFinite).Average();
        var (x, y) = Subset(losses, 100);
        for (var i = 0; i < 100; i++)
        {
            Adam(x, y);
        }

        var grid = Enumerable.Range(0, 500).Select(i => i / 499.0).ToArray();
        var (votes, minima) = (0, new double[5]);
        for (var vote = 0; vote < 5; vote++)
        {
            (x, y) = Subset(losses, 500);
            var (means, covariance) = new DenseGaussianProcess(x, y, _raw[2], Softplus(_raw[0]), Softplus(_raw[1]) + 1e-4).At(grid);
            var highest = Enumerable.Range(0, 499)
                .Max(i => (means[499] - means[i]) / Math.Sqrt(covariance(i, i) + covariance(499, 499) - (2 * covariance(i, 499)) + 1e-4));
            votes += NormalIntegral.Of(highest) > 0.95 ? 1 : 0;
            minima[vote] = grid[Array.IndexOf(means, means.Min())];
        }

        return (votes >= 3, minima);
    }

    private void Adam(double[] x, double[] y)
    {
        var (_, bySignal, byNoise, byMean) = new DenseGaussianProcess(x, y, _raw[2], Softplus(_raw[0]), Softplus(_raw[1]) + 1e-4).Gradient();
        double[] slopes = [1 / (1 + Math.Exp(-_raw[0])), 1 / (1 + Math.Exp(-_raw[1])), 1];
        double[] gradient = [bySignal, byNoise, byMean];
        _steps++;
        for (var p = 0; p < 3; p++)
        {
            var descent = -gradient[p] * slopes[p] / y.Length;
            _first[p] = (0.9 * _first[p]) + (0.1 * descent);
            _second[p] = (0.999 * _second[p]) + (0.001 * descent * descent);
            var mean = _first[p] / (1 - Math.Pow(0.9, _steps));
            _raw[p] -= 0.01 * mean / (Math.Sqrt(_second[p] / (1 - Math.Pow(0.999, _steps))) + 1e-8);
        }
    }

    private (double[] X, double[] Y) Subset(List<double> losses, int most)
    {
        var chosen = Enumerable.Range(0, losses.Count).Where(i => double.IsFinite(losses[i])).ToArray();
        _random.Shuffle<int>(chosen);
        chosen = [.. chosen.Take(most).Order()];
        return ([.. chosen.Select(i => (double)i / losses.Count)], [.. chosen.Select(i => losses[i])]);
    }
}
