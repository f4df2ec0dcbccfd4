using Rubato;
using Rubato.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A convolutional network of one's own, on images of bytes: which way do their stripes run?</summary>
public static class Images
{
    private const int Size = 16;

    public static TrainingRun Train()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(10);
        var (images, classes) = Stripes(2_400);

        // <snippet images>
        // Bytes (N, height, width) become floats (N, 1, height, width) from 0 to 1.
        var inputs = images.unsqueeze(1).to(ScalarType.Float32) / 255;
        using var network = new Convolutional();
        var settings = new TrainerSettings { Length = Duration.Epochs(4), BatchSize = 50 };
        var trainer = new Trainer(
            network, Samples.Of(inputs[..2_000], classes[..2_000]), Losses.CrossEntropy, settings, Samples.Of(inputs[2_000..], classes[2_000..]));
        var run = trainer.Fit();
        // </snippet>
        return run;
    }

    /// <summary>Stripes along the rows, the columns, and both diagonals, at any offset, under noise: bytes (N, height, width) and classes (N).</summary>
    private static (Tensor Images, Tensor Classes) Stripes(int count)
    {
        var classes = arange(count) % 4;
        var (y, x) = (arange(Size).view(1, Size, 1), arange(Size).view(1, 1, Size));
        var of = classes.view(count, 1, 1);
        var along = where(of.eq(0), y + (0 * x), where(of.eq(1), x + (0 * y), where(of.eq(2), x + y, x - y)));
        var waves = (((along.to(ScalarType.Float32) * 1.3) + (rand(count, 1, 1) * 2 * Math.PI)).sin() + 1) / 2;
        return ((((waves * 0.5) + (rand(count, Size, Size) * 0.5)) * 255).to(ScalarType.Byte), classes);
    }

    // <snippet image-network>
    private sealed class Convolutional : Module<Tensor, Tensor>
    {
        private readonly Conv2d _first = Conv2d(1, 8, 3, padding: 1, bias: false);
        private readonly BatchNorm2d _normalization = BatchNorm2d(8);
        private readonly Conv2d _second = Conv2d(8, 16, 3, padding: 1);
        private readonly Linear _output = Linear(16, 4);

        public Convolutional()
            : base(nameof(Convolutional)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var edges = functional.max_pool2d(functional.relu(_normalization.call(_first.call(input))), 2);
            return _output.call(functional.relu(_second.call(edges)).mean([2, 3]));
        }
    }
    // </snippet>
}
