namespace Rubato.Torch.Tests.Optimizers;

/// <summary>The optimizers that look at whole tensors, as loops over the numbers of one tensor in row-major order.</summary>
internal abstract class LayerTwin
{
    /// <summary>How many steps lost their part along the weight.</summary>
    public int Projections { get; private set; }

    public abstract void Step(double[] w, double[] g, double rate, double momentum, double decay);

    protected static double Norm(IEnumerable<double> numbers) => Math.Sqrt(numbers.Sum(number => number * number));

    private double Shrink(View? view, double[] w, double[] g, double[] u)
    {
        if (view is null || !view.Project(w, g, u))
        {
            return 1;
        }

        Projections++;
        return view.Ratio;
    }

    /// <summary>The moments of Adam, and what each is divided by to correct it.</summary>
    private sealed class Moments(int count, double beta2)
    {
        private readonly double[] _v = new double[count];
        private double _productOfBeta1 = 1;
        private int _steps;

        public double[] M { get; } = new double[count];

        public double MeanWeight => 1 - _productOfBeta1;

        public double SquareWeight => 1 - Math.Pow(beta2, _steps);

        public double Square(int i) => _v[i];

        public void Add(double[] g, double beta1)
        {
            _steps++;
            _productOfBeta1 *= beta1;
            for (var i = 0; i < g.Length; i++)
            {
                M[i] = (beta1 * M[i]) + ((1 - beta1) * g[i]);
                _v[i] = (beta2 * _v[i]) + ((1 - beta2) * g[i] * g[i]);
            }
        }
    }

    /// <summary>A weight as rows, one for each output channel.</summary>
    private sealed record View(double Delta, double Ratio, double Epsilon, int Rows)
    {
        /// <summary>Projects u; says whether it did.</summary>
        public bool Project(double[] w, double[] g, double[] u)
        {
            foreach (var rows in new[] { Rows, 1 })
            {
                var n = w.Length / rows;
                var largest = 0.0;
                for (var row = 0; row < rows; row++)
                {
                    var (x, y) = (w[(row * n)..((row + 1) * n)], g[(row * n)..((row + 1) * n)]);
                    largest = Math.Max(largest, Math.Abs(x.Zip(y, (a, b) => a * b).Sum()) / (Norm(x) * Norm(y)));
                }

                if (largest >= Delta / Math.Sqrt(n))
                {
                    continue;
                }

                for (var row = 0; row < rows; row++)
                {
                    var length = Norm(w[(row * n)..((row + 1) * n)]) + Epsilon;
                    var dot = 0.0;
                    for (var i = row * n; i < (row + 1) * n; i++)
                    {
                        dot += w[i] / length * u[i];
                    }

                    for (var i = row * n; i < (row + 1) * n; i++)
                    {
                        u[i] -= w[i] / length * dot;
                    }
                }

                return true;
            }

            return false;
        }
    }

    public sealed class AdamP(int rows, int count, double beta2, double epsilon, double delta, double ratio, bool nesterov) : LayerTwin
    {
        private readonly Moments _moments = new(count, beta2);
        private readonly View? _view = rows == 0 ? null : new View(delta, ratio, epsilon, rows);

        public override void Step(double[] w, double[] g, double rate, double momentum, double decay)
        {
            _moments.Add(g, momentum);
            var u = new double[w.Length];
            for (var i = 0; i < u.Length; i++)
            {
                var m = nesterov ? (momentum * _moments.M[i]) + ((1 - momentum) * g[i]) : _moments.M[i];
                u[i] = m / ((Math.Sqrt(_moments.Square(i)) / Math.Sqrt(_moments.SquareWeight)) + epsilon);
            }

            var r = Shrink(_view, w, g, u);
            for (var i = 0; i < w.Length; i++)
            {
                w[i] = (w[i] * (1 - (rate * decay * r))) - (rate / _moments.MeanWeight * u[i]);
            }
        }
    }

    public sealed class Sgdp(int rows, int count, double epsilon, double delta, double ratio, double dampening, bool nesterov) : LayerTwin
    {
        private readonly double[] _b = new double[count];
        private readonly View? _view = rows == 0 ? null : new View(delta, ratio, epsilon, rows);

        public override void Step(double[] w, double[] g, double rate, double momentum, double decay)
        {
            var u = new double[w.Length];
            for (var i = 0; i < u.Length; i++)
            {
                _b[i] = (momentum * _b[i]) + ((1 - dampening) * g[i]);
                u[i] = nesterov ? g[i] + (momentum * _b[i]) : _b[i];
            }

            var r = Shrink(_view, w, g, u);
            for (var i = 0; i < w.Length; i++)
            {
                w[i] = (w[i] * (1 - (rate * decay * r / (1 - momentum)))) - (rate * u[i]);
            }
        }
    }

    public sealed class Lamb(bool adapts, int count, double beta2, double epsilon, bool corrects) : LayerTwin
    {
        private readonly Moments _moments = new(count, beta2);

        public override void Step(double[] w, double[] g, double rate, double momentum, double decay)
        {
            _moments.Add(g, momentum);
            var s = new double[w.Length];
            for (var i = 0; i < s.Length; i++)
            {
                var m = corrects ? _moments.M[i] / _moments.MeanWeight : _moments.M[i];
                var v = corrects ? _moments.Square(i) / _moments.SquareWeight : _moments.Square(i);
                s[i] = (m / (Math.Sqrt(v) + epsilon)) + (adapts ? decay * w[i] : 0);
            }

            var ratio = adapts && Norm(w) > 0 && Norm(s) > 0 ? Norm(w) / Norm(s) : 1;
            for (var i = 0; i < w.Length; i++)
            {
                w[i] -= rate * ratio * s[i];
            }
        }
    }

    public sealed class Lars(bool adapts, int count, double trust) : LayerTwin
    {
        private readonly double[] _v = new double[count];

        public override void Step(double[] w, double[] g, double rate, double momentum, double decay)
        {
            decay = adapts ? decay : 0;
            var local = adapts && Norm(w) > 0 && Norm(g) > 0 ? trust * Norm(w) / (Norm(g) + (decay * Norm(w))) : 1;
            for (var i = 0; i < w.Length; i++)
            {
                _v[i] = (momentum * _v[i]) + (rate * local * (g[i] + (decay * w[i])));
            }

            for (var i = 0; i < w.Length; i++)
            {
                w[i] -= _v[i];
            }
        }
    }
}
