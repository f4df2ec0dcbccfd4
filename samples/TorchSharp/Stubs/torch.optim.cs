#nullable enable
#pragma warning disable CS8981 // The name is TorchSharp's.

// Not TorchSharp: only the shapes of its public interface that TorchSharpTarget.cs and TrainingLoop.cs use, so that the sample compiles and
// its tests run where the package is not installed. With TorchSharp, leave this folder out.
using System;
using System.Collections.Generic;

namespace TorchSharp
{
    public static partial class torch
    {
        public sealed class Tensor(Action computeGradients)
        {
            public void backward() => computeGradients();
        }

        public static partial class optim
        {
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                double InitialLearningRate { get; set; }
            }

            public interface IMomentum
            {
                double Momentum { get; set; }
            }

            public interface IBetas
            {
                (double, double) Betas { get; set; }
            }

            public abstract class Optimizer
            {
                public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

                public abstract void zero_grad();

                public abstract Tensor? step(Func<Tensor>? closure = null);
            }
        }
    }
}
