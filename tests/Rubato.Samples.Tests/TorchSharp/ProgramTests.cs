using System.Globalization;
using Samples.TorchSharp;

namespace Rubato.Samples.Tests.TorchSharp;

[Collection(TorchSharpCollection.Name)]
public sealed class ProgramTests
{
    [Fact]
    public void Run_Loss_Falls()
    {
        using var output = new StringWriter();
        Program.Run(output);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        double Number(string name) => double.Parse(lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);

        Assert.InRange(Number("loss before"), 0.5, 0.9);
        Assert.InRange(Number("loss after"), 0, 0.2);
        // 256 updates of 16, 128 of 32, 64 of 64.
        Assert.Contains("updates      448 of 448", lines);
    }
}
