using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RangeTestCsvTests
{
    [Fact]
    public void Write_Runs_ARowAnUpdate()
    {
        var first = new RangeCurve([new RangePoint(1, 1e-5, 2.5), new RangePoint(2, 0.1, 2, 0.25), new RangePoint(3, 0.2, double.NaN)], RangeEnd.NonFinite);
        var second = new RangeCurve([new RangePoint(1, 1e-5, double.PositiveInfinity), new RangePoint(2, 0.1, 1 / 3.0), new RangePoint(3, 0.3, 9)], RangeEnd.Completed);
        var report = SampleReports.Report(
            SampleReports.Variant(new MeasuredRun(first, new SmoothedCurve([1e-5, 0.1], [2.5, 2], [2.4, 2.1], 0, HasRisen: false))),
            SampleReports.Variant(new MeasuredRun(second, new SmoothedCurve([0.1], [1 / 3.0], [0.5], 0, HasRisen: true))));
        using var writer = new StringWriter();

        RangeTestCsv.Write(writer, report);

        Assert.Equal(
            """
            iteration,learning_rate,loss,smoothed_loss,accuracy,run
            1,1E-05,2.5,2.4,,1
            2,0.1,2,2.1,0.25,1
            3,0.2,NaN,,,1
            1,1E-05,Infinity,,,2
            2,0.1,0.3333333333333333,0.5,,2
            3,0.3,9,,,2

            """,
            writer.ToString());
    }

    [Fact]
    public void Write_File_IsReadBack()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "find.csv");

        RangeTestCsv.Write(path, SampleReports.Report(SampleReports.Variant(SampleReports.Run(0, hasAccuracy: true), SampleReports.Run(0.1))));

        Assert.Equal([SampleReports.Curve(0, hasAccuracy: true), SampleReports.Curve(0.1)], RecordedCurves.Read(path, "from").Runs);
        Assert.Equal(["find.csv"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }
}
