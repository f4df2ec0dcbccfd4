using Rubato.Runs.Plans;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Plans;

public sealed class DecisionCsvTests
{
    [Fact]
    public void Write_Rows_HeaderAndARowEach()
    {
        var path = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());

        DecisionCsv.Write(
            path,
            [
                new DecisionRow(1, 1e-5, RunPhase.WarmUp, null),
                new DecisionRow(2, 0.1, RunPhase.Cooldown, 0.75),
                new DecisionRow(3, 0.1, RunPhase.Plateau, null),
            ]);

        Assert.Equal(
            "step,learning_rate,phase,probability\n1,1E-05,warmup,\n2,0.1,cooldown,0.75\n3,0.1,plateau,\n", File.ReadAllText(path));
        File.Delete(path);
    }
}
