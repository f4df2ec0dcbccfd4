using Rubato.Runs.Plans;
using Rubato.Schedules;

namespace Rubato.Runs.Tests.Plans;

public sealed class PlanFileTests
{
    [Fact]
    public void Write_Plan_ReadsBackEqual()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plan.json");
        var settings = new PlanSettings { Length = Duration.Epochs(3), SamplesPerEpoch = 100, LearningRate = new OneCycle(0.1), BatchSize = 10 };

        PlanFile.Write(path, settings);

        Assert.Equal(settings, PlanJson.Read(File.ReadAllText(path)));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
