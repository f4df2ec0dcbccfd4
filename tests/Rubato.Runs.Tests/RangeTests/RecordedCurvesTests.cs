using Rubato.RangeTests;
using Rubato.Runs.Logs;
using Rubato.Runs.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.RangeTests;

public sealed partial class RecordedCurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Wrong => new()
    {
        { "", "from is 'FILE', which is empty; a table has a line of column names, learning_rate and loss among them, and a row an update." },
        { "lr,loss\n0.1,2", "from is 'FILE', which has no column 'learning_rate'; its columns are lr, loss; give the one that holds it that name." },
        { "learning_rate,los\n0.1,2", "from is 'FILE', which has no column 'loss'; its columns are learning_rate, los; give the one that holds it that name. Did you mean 'los'?" },
        { "learning_rate,loss,loss\n0.1,2,2", "from is 'FILE', which has 2 columns 'loss'; give one of them another name." },
        { "learning_rate,loss", "from is 'FILE', which has a line of column names, but no row; there must be one an update." },
        { "learning_rate,loss\n0.1,2\n\n0.2,x", "from 'FILE', line 4: 'x' is no loss; there must be a number, such as 2.3026, inf or nan." },
        { "learning_rate,loss\n0.1,2\n0.2", "from 'FILE', line 3: '' is no loss; there must be a number, such as 2.3026, inf or nan." },
        { "learning_rate,loss\n0,2", "from 'FILE', line 2: '0' is no learning rate; there must be a finite number above 0." },
        { "learning_rate,loss\nNaN,2", "from 'FILE', line 2: 'NaN' is no learning rate; there must be a finite number above 0." },
        { "learning_rate,loss,accuracy\n0.1,2,98", "from 'FILE', line 2: '98' is no accuracy; there must be a share from 0 to 1, or nothing where it was not measured." },
        { "learning_rate,loss,iteration\n0.1,2,one", "from 'FILE', line 2: 'one' is no iteration; there must be a whole number of at least 0." },
        { "learning_rate,loss,iteration\n0.1,2,1\n0.2,2,1", "from 'FILE', line 3: iteration 1 does not come after 1, that of the row before; rows stand in the order of their updates." },
        {
            "learning_rate,loss\n0.1,2\n0.1,2",
            "from 'FILE', line 3: the learning rate 0.1 is not above 0.1, that of the row before; the rates of a range test rise, and several runs are told apart by a column run."
        },
        { "learning_rate,loss,run\n0.1,2,1\n0.1,2,1", "from 'FILE', line 3: the learning rate 0.1 is not above 0.1, that of the row before; the rates of a range test rise." },
        { "learning_rate,loss\n0.1,2\n0.2,2", "from is 'FILE', which has 2 rows; a range test needs at least 10." },
        { "learning_rate,loss,run\n0.1,2,a\n0.2,2,a", "from is 'FILE', which has 2 rows of run a; a range test needs at least 10." },
    };

    private string File => Path.Combine(_folder.Path, "curve.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TwoColumnsInAnyOrder_ACurve()
    {
        System.IO.File.WriteAllLines(File, ["loss , note,learning_rate", .. Enumerable.Range(1, 12).Select(i => $"{3 - (0.1 * i)},\"a, b\",{0.01 * i}")]);

        var read = RecordedCurves.Read(File, "from");

        Assert.Null(read.BatchSize);
        var curve = Assert.Single(read.Runs);
        Assert.Equal((12, RangeEnd.Completed), (curve.Points.Length, curve.End));
        Assert.Equal(new RangePoint(3, 0.03, 2.7), curve.Points[2]);
    }

    [Fact]
    public void Read_OtherEncodings_ReadByTheirMarkOrNamed()
    {
        var text = "learning_rate,loss\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"{i},2\n"));
        System.IO.File.WriteAllText(File, text, System.Text.Encoding.Unicode);
        Assert.Equal(12, RecordedCurves.Read(File, "from").Runs[0].Points.Length);
        System.IO.File.WriteAllBytes(File, System.Text.Encoding.Unicode.GetBytes(text));
        Assert.Equal(
            $"'{File}' has bytes of 0, as UTF-16 has and no text in UTF-8; save it as UTF-8.",
            Assert.Throws<InvalidInputException>(() => RecordedCurves.Read(File, "from")).Message);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("inf")]
    public void Read_LossThatEndsAsNoNumber_TheRunEndsThere(string last)
    {
        System.IO.File.WriteAllLines(File, ["learning_rate,loss", .. Enumerable.Range(1, 12).Select(i => $"{0.01 * i},{(i < 12 ? "2" : last)}")]);

        Assert.Equal(RangeEnd.NonFinite, RecordedCurves.Read(File, "from").Runs[0].End);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_TableThatCannotBeUsed_OneSentence(string text, string sentence)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal([sentence.Replace("FILE", File, StringComparison.Ordinal)], Assert.Throws<InvalidInputException>(() => RecordedCurves.Read(File, "from")).Message.Split('\n'));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_RunFolderOrItsLog_AsFarAsRatesRise(bool isFolder)
    {
        var log = Path.Combine(_folder.Path, "steps.jsonl");
        Write(log, rate: i => i <= 15 ? 0.01 * i : 0.1, size: 32);

        var read = RecordedCurves.Read(isFolder ? _folder.Path : log, "from");

        Assert.Equal(32, read.BatchSize);
        Assert.Equal((15, new RangePoint(15, 0.15, 1.85)), (read.Runs[0].Points.Length, read.Runs[0].Points[^1]));
    }

    [Fact]
    public void Read_RunWithoutRisingRates_OneSentence()
    {
        var log = Path.Combine(_folder.Path, "steps.jsonl");
        Write(log, rate: _ => 0.1, size: 32);

        Assert.Equal(
            [
                $"from is '{log}', whose learning rates rise over 1 of its 20 updates only; a range test needs at least 10, as a run with the schedule "
                + "exponential(1e-5 -> 10) has.",
            ],
            Assert.Throws<InvalidInputException>(() => RecordedCurves.Read(log, "from")).Message.Split('\n'));
    }

    [Fact]
    public void Read_FolderThatIsNoRun_OneSentence() =>
        Assert.Equal(
            [$"from is '{_folder.Path}', which is a folder without steps.jsonl; name a run folder, such as runs/NAME, or a table."],
            Assert.Throws<InvalidInputException>(() => RecordedCurves.Read(_folder.Path, "from")).Message.Split('\n'));

    private static void Write(string path, Func<int, double> rate, int size)
    {
        using var log = new StepLog(System.IO.File.Create(path));
        for (var i = 1; i <= 20; i++)
        {
            log.Append(new StepRecord
            {
                Step = i,
                Samples = i * size,
                Epoch = 0.1 * i,
                Loss = Math.Round(2 - (0.01 * i), 4),
                LearningRate = rate(i),
                BatchSize = size,
                Momentum = 0.9,
                WeightDecay = 0,
                GradientNorm = double.NaN,
                Seconds = i,
            });
        }
    }
}
