namespace Rubato.Torch.Tests.Optimizers;

/// <summary>
/// The optimizers as loops over numbers, from their papers and PyTorch's documentation. One object a number; those that treat weights apart, as
/// they treat numbers of tensors of one dimension.
/// </summary>
internal abstract class Twin
{
    public abstract double Step(double w, double g, double rate, double momentum, double decay);

    public static Twin Of(string name) => name switch
    {
        "sgd" => new SgdTwin(nesterov: false),
        "nesterov" => new SgdTwin(nesterov: true),
        "adam" => new AdamTwin(decoupled: false),
        "adamw" => new AdamTwin(decoupled: true),
        "rmsprop" => new RmsPropTwin(),
        "adagrad" => new AdagradTwin(),
        "adadelta" => new AdadeltaTwin(),
        "adamp" => new AdamTwin(decoupled: true),
        "sgdp" => new SgdpTwin(),
        "lamb" => new AdamTwin(decoupled: true, epsilon: 1e-6, decays: false),
        "lars" => new LarsTwin(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private sealed class SgdTwin(bool nesterov) : Twin
    {
        private double _v;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            g += decay * w;
            _v = (momentum * _v) + g;
            return w - (rate * (nesterov ? g + (momentum * _v) : _v));
        }
    }

    private sealed class AdamTwin(bool decoupled, double epsilon = 1e-8, bool decays = true) : Twin
    {
        // Exact bias correction: m is a weighted sum of past gradients, and _weight the sum of its weights.
        private double _m;
        private double _v;
        private double _weight;
        private int _steps;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            _steps++;
            decay = decays ? decay : 0;
            if (decoupled)
            {
                w *= 1 - (rate * decay);
            }
            else
            {
                g += decay * w;
            }

            _m = (momentum * _m) + ((1 - momentum) * g);
            _weight = (momentum * _weight) + (1 - momentum);
            _v = (0.999 * _v) + (0.001 * g * g);
            return w - (rate * (_m / _weight) / (Math.Sqrt(_v / (1 - Math.Pow(0.999, _steps))) + epsilon));
        }
    }

    private sealed class SgdpTwin : Twin
    {
        private double _b;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            _b = (momentum * _b) + g;
            return (w * (1 - (rate * decay / (1 - momentum)))) - (rate * _b);
        }
    }

    private sealed class LarsTwin : Twin
    {
        private double _v;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            _v = (momentum * _v) + (rate * g);
            return w - _v;
        }
    }

    private sealed class RmsPropTwin : Twin
    {
        private double _s;
        private double _b;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            g += decay * w;
            _s = (0.99 * _s) + (0.01 * g * g);
            _b = (momentum * _b) + (g / (Math.Sqrt(_s) + 1e-8));
            return w - (rate * _b);
        }
    }

    private sealed class AdagradTwin : Twin
    {
        private double _s;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            g += decay * w;
            _s += g * g;
            return w - (rate * g / (Math.Sqrt(_s) + 1e-10));
        }
    }

    private sealed class AdadeltaTwin : Twin
    {
        private double _s;
        private double _d;

        public override double Step(double w, double g, double rate, double momentum, double decay)
        {
            g += decay * w;
            _s = (0.9 * _s) + (0.1 * g * g);
            var u = Math.Sqrt(_d + 1e-6) / Math.Sqrt(_s + 1e-6) * g;
            _d = (0.9 * _d) + (0.1 * u * u);
            return w - (rate * u);
        }
    }
}
