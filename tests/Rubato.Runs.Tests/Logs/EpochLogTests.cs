using System.Text;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Logs;

public sealed class EpochLogTests
{
    [Fact]
    public void Append_TwoEpochs_HeaderAndRows()
    {
        var file = new MemoryStream();
        using (var log = new EpochLog(file, []))
        {
            log.Append(new EpochRecord(1, 469, 60_000, 0.5, 0.25, 0.925, 0.1, 1.5));
            Assert.EndsWith("1,469,60000,0.5,0.25,0.925,0.1,1.5\n", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
            log.Append(new EpochRecord(2, 938, 120_000, double.NaN, double.PositiveInfinity, 0, 1e-7, 3));
        }

        Assert.Equal(
            """
            epoch,step,samples,train_loss,test_loss,test_accuracy,learning_rate,seconds
            1,469,60000,0.5,0.25,0.925,0.1,1.5
            2,938,120000,NaN,Infinity,0,1E-07,3

            """,
            Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public void Append_Validation_ColumnsBeforeTheMetrics()
    {
        var file = new MemoryStream();
        using (var log = new EpochLog(file, ["mae"], validates: true))
        {
            log.Append(new EpochRecord(1, 469, 60_000, 0.5, 0.25, 0.925, 0.1, 1.5)
            {
                ValidationLoss = 0.75,
                ValidationAccuracy = double.NaN,
                Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["mae"] = 0.125 },
            });
        }

        Assert.Equal(
            """
            epoch,step,samples,train_loss,test_loss,test_accuracy,learning_rate,seconds,validation_loss,validation_accuracy,metric_mae
            1,469,60000,0.5,0.25,0.925,0.1,1.5,0.75,NaN,0.125

            """,
            Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public void Append_Metrics_AreTheLastColumnsInTheOrderOfTheHeader()
    {
        var file = new MemoryStream();
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["top-5"] = 0.99, ["mae"] = 0.125 };
        using (var log = new EpochLog(file, ["mae", "top-5"]))
        {
            log.Append(new EpochRecord(1, 469, 60_000, 0.5, 0.25, 0.925, 0.1, 1.5) { Metrics = metrics });
            Assert.Throws<KeyNotFoundException>(() => log.Append(new EpochRecord(2, 938, 120_000, 0.5, 0.25, 0.925, 0.1, 3)));
        }

        Assert.Equal(
            """
            epoch,step,samples,train_loss,test_loss,test_accuracy,learning_rate,seconds,metric_mae,metric_top-5
            1,469,60000,0.5,0.25,0.925,0.1,1.5,0.125,0.99

            """,
            Encoding.UTF8.GetString(file.ToArray()));
    }
}
