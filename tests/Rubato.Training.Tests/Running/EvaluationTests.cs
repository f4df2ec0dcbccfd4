using Rubato.Data;
using Rubato.Torch.Layers;
using Rubato.Torch.Losses;
using Rubato.Torch.Tensors;
using Rubato.Training.Running;

namespace Rubato.Training.Tests.Running;

public sealed class EvaluationTests
{
    [Fact]
    public void Of_MoreExamplesThanABatch_IsTheMeanOverAll()
    {
        var examples = DatasetCatalog.Load("glyphs(train: 1203)", new DatasetOptions()).Train;
        using var network = new AlwaysClass(3);
        var evaluation = Evaluation.Of(network, new CrossEntropy(), new BatchReader(examples, Device.Cpu, MemoryFormat.Contiguous, ScalarType.Float64));
        var share = Enumerable.Range(0, examples.Count).Count(i => examples.LabelOf(i) == 3) / (double)examples.Count;
        Assert.Equal(share, evaluation.Accuracy, 1e-12);
        var expected = Math.Log(9 + Math.E) - share;
        Assert.Equal(expected, evaluation.Loss, 1e-12);
    }

    private sealed class AlwaysClass(int label) : Layer
    {
        public override Tensor Forward(Tensor input, ForwardMode mode)
        {
            Assert.Equal(ForwardMode.Evaluation, mode);
            var outputs = Ops.Zeros([input.Shape[0], 10], ScalarType.Float64);
            for (var row = 0; row < input.Shape[0]; row++)
            {
                outputs.Data<double>()[(row * 10) + label] = 1;
            }

            return outputs;
        }
    }
}
