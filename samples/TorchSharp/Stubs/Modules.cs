#nullable enable

// Not TorchSharp: see torch.optim.cs. The updates are the real formulas, on arrays.
using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules
{
    public sealed class Parameter(params double[] values)
    {
        public double[] Values { get; } = values;

        public double[] Gradient { get; } = new double[values.Length];
    }

    public class OptimizerOptions
    {
        public double? LearningRate;
        public double InitialLearningRate;
    }

    public abstract class ParamGroup<TOptions> : ILearningRateController
        where TOptions : OptimizerOptions, new()
    {
        public IEnumerable<Parameter> Parameters { get; set; } = [];

        public TOptions Options { get; set; } = new();

        public double LearningRate
        {
            get => Options.LearningRate!.Value;
            set => Options.LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Options.InitialLearningRate;
            set => Options.InitialLearningRate = value;
        }
    }

    public abstract class OptimizerHelper<TGroup> : Optimizer
        where TGroup : ILearningRateController
    {
        private readonly TGroup[] _groups;

        protected OptimizerHelper(IEnumerable<TGroup> groups) => _groups = groups.ToArray();

        public override IEnumerable<ILearningRateController> ParamGroups => _groups.Cast<ILearningRateController>();

        public override void zero_grad()
        {
            foreach (var parameter in _groups.SelectMany(ParametersOf))
            {
                Array.Clear(parameter.Gradient);
            }
        }

        public override Tensor? step(Func<Tensor>? closure = null)
        {
            foreach (var group in _groups)
            {
                foreach (var parameter in ParametersOf(group))
                {
                    Update(group, parameter);
                }
            }

            return null;
        }

        protected abstract IEnumerable<Parameter> ParametersOf(TGroup group);

        protected abstract void Update(TGroup group, Parameter parameter);
    }

    public class SGD : OptimizerHelper<SGD.ParamGroup>, IMomentum
    {
        private readonly Dictionary<Parameter, double[]> _buffers = [];

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double weight_decay = 0)
            : base(parameters)
        {
            Momentum = momentum;
            foreach (var group in ParamGroups.Cast<ParamGroup>())
            {
                group.Options.LearningRate ??= lr;
                group.Options.momentum ??= momentum;
                group.Options.weight_decay ??= weight_decay;
                group.InitialLearningRate = group.LearningRate;
            }
        }

        public double Momentum { get; set; }

        protected override IEnumerable<Parameter> ParametersOf(ParamGroup group) => group.Parameters;

        protected override void Update(ParamGroup group, Parameter parameter)
        {
            if (!_buffers.TryGetValue(parameter, out var buffer))
            {
                _buffers[parameter] = buffer = new double[parameter.Values.Length];
            }

            for (var i = 0; i < buffer.Length; i++)
            {
                var gradient = parameter.Gradient[i] + (group.Options.weight_decay!.Value * parameter.Values[i]);
                buffer[i] = (group.Momentum * buffer[i]) + gradient;
                parameter.Values[i] -= group.LearningRate * buffer[i];
            }
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? weight_decay;
        }

        public class ParamGroup : ParamGroup<Options>, IMomentum
        {
            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }

    public class Adam : OptimizerHelper<Adam.ParamGroup>, IBetas
    {
        private readonly Dictionary<Parameter, (double[] Mean, double[] Square)> _moments = [];
        private int _steps;

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double weight_decay = 0)
            : base(parameters)
        {
            Betas = (beta1, beta2);
            foreach (var group in ParamGroups.Cast<ParamGroup>())
            {
                group.Options.LearningRate ??= lr;
                group.Options.beta1 ??= beta1;
                group.Options.beta2 ??= beta2;
                group.Options.weight_decay ??= weight_decay;
                group.InitialLearningRate = group.LearningRate;
            }
        }

        public (double, double) Betas { get; set; }

        public override Tensor? step(Func<Tensor>? closure = null)
        {
            _steps++;
            return base.step(closure);
        }

        protected override IEnumerable<Parameter> ParametersOf(ParamGroup group) => group.Parameters;

        protected override void Update(ParamGroup group, Parameter parameter)
        {
            if (!_moments.TryGetValue(parameter, out var moments))
            {
                _moments[parameter] = moments = (new double[parameter.Values.Length], new double[parameter.Values.Length]);
            }

            var (beta1, beta2) = group.Betas;
            for (var i = 0; i < parameter.Values.Length; i++)
            {
                var gradient = parameter.Gradient[i] + (group.Options.weight_decay!.Value * parameter.Values[i]);
                moments.Mean[i] = (beta1 * moments.Mean[i]) + ((1 - beta1) * gradient);
                moments.Square[i] = (beta2 * moments.Square[i]) + ((1 - beta2) * gradient * gradient);
                var root = Math.Sqrt(moments.Square[i] / (1 - Math.Pow(beta2, _steps))) + 1e-8;
                parameter.Values[i] -= group.LearningRate / (1 - Math.Pow(beta1, _steps)) * moments.Mean[i] / root;
            }
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
        }

        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = (value.Item1, value.Item2);
            }
        }
    }
}
