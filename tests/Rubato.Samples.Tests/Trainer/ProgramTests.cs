using System.Globalization;
using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class ProgramTests
{
    /// <summary>The ten lines of README.md, as a program that has nothing else.</summary>
    [Fact]
    public void Main_TenLines_LearnWithoutARate()
    {
        var text = Learned.OnOneThread(() =>
        {
            using var output = new StringWriter();
            var before = Console.Out;
            Console.SetOut(output);
            try
            {
                _ = typeof(Regression).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
            }
            finally
            {
                Console.SetOut(before);
            }

            return output.ToString();
        });

        // Other tests may print meanwhile.
        var line = Assert.Single(text.Split(Environment.NewLine), line => line.Contains(" right after ", StringComparison.Ordinal));
        Assert.InRange(double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture), 93, 100);
    }
}
