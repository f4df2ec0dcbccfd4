using System.Xml.Linq;
using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class RatesTests
{
    [Fact]
    public void FindAndTrain_RangeThatWasFound_LearnsByItAndIsDrawn()
    {
        var folder = Directory.CreateTempSubdirectory("rubato-").FullName;
        try
        {
            var picture = Path.Combine(folder, "rates.svg");
            using var output = new StringWriter();

            var (found, run) = Learned.OnOneThread(() => Rates.FindAndTrain(picture, output));

            var highest = found.Range!.Value.MaxLr;
            Assert.InRange(highest, 0.01, 10);
            Assert.InRange(run.PeakLearningRate, 0.99 * highest, highest);
            Learned.Right(run, atLeast: 0.85);
            Assert.Contains($"says the rule '{found.Rule}'", output.ToString(), StringComparison.Ordinal);
            Assert.Equal("svg", XDocument.Load(picture).Root!.Name.LocalName);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
