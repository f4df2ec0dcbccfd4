using Rubato.Data;
using Rubato.Data.Datasets;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Objectives;

public sealed class EvaluationTests
{
    [Fact]
    public void Of_MoreExamplesThanABatch_IsTheMeanOverAll()
    {
        var examples = DatasetCatalog.Load("glyphs(train 1203)", new DatasetOptions()).Train;
        using var network = new AlwaysClass(3);
        var evaluation = Evaluation.Of(Over.Examples(network, examples, type: ScalarType.Float64));
        var share = Enumerable.Range(0, examples.Count).Count(i => examples.LabelOf(i) == 3) / (double)examples.Count;
        Assert.Equal(share, evaluation.Accuracy, 1e-12);
        var expected = Math.Log(9 + Math.E) - share;
        Assert.Equal(expected, evaluation.Loss, 1e-12);
    }

    private sealed class AlwaysClass(int label) : Module<Tensor, Tensor>("always")
    {
        public override Tensor forward(Tensor input)
        {
            Assert.False(training);
            var outputs = zeros(input.shape[0], 10, ScalarType.Float64);
            for (var row = 0; row < input.shape[0]; row++)
            {
                MemoryOrder.AsSpan<double>(outputs)[(row * 10) + label] = 1;
            }

            return outputs;
        }
    }
}
