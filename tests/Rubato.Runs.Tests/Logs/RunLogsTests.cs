using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Logs;

public sealed class RunLogsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly RunFolder _folder;

    public RunLogsTests() => _folder = RunFolder.Create(_temporary.Path, "run", "run");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void OpenLogs_NewRun_HasUpdatesAndEpochsOnly()
    {
        using (_folder.OpenLogs([]))
        {
        }

        Assert.Equal(["epochs.csv", "steps.jsonl"], Names());
        Assert.Equal("", File.ReadAllText(_folder.StepsPath));
    }

    [Fact]
    public void OpenLogs_AtWhatSyncSaid_TheFilesAreAsThen()
    {
        LogLengths lengths;
        using (var logs = _folder.OpenLogs(["f1"]))
        {
            logs.Append(Samples.Step(1));
            logs.Append(Epoch(1));
            lengths = logs.Sync();
        }

        var then = Texts();
        Assert.Equal(new LogLengths(then["steps.jsonl"].Length, then["epochs.csv"].Length, 0, 0), lengths);
        using (var logs = _folder.OpenLogs(["f1"], lengths: lengths))
        {
            Write(logs, 2);
        }

        var later = Texts();
        Assert.Equal(4, later.Count);
        Assert.All(then, file => Assert.StartsWith(file.Value, later[file.Key], StringComparison.Ordinal));

        // What a killed process wrote after its checkpoint is written again; there is no gap and no second header.
        using (var logs = _folder.OpenLogs(["f1"], lengths: lengths))
        {
            Assert.Equal(then, Texts());
            Write(logs, 2);
        }

        Assert.Equal(later, Texts());
    }

    [Fact]
    public void OpenLogs_FromTheStartOnceMore_TheFolderIsStillOneOfARun()
    {
        File.WriteAllText(_folder.ConfigurationPath, "");
        using (var logs = _folder.OpenLogs([]))
        {
            Write(logs, 1);
        }

        using (_folder.OpenLogs([]))
        {
            Assert.Equal("", File.ReadAllText(_folder.StepsPath));
            Assert.Equal(_folder.Path, RunFolder.Open(_folder.Path).Path);
        }
    }

    [Fact]
    public void OpenLogs_AFileTooShort_NoneIsChanged()
    {
        File.WriteAllText(_folder.StepsPath, "123456");
        File.WriteAllText(_folder.EpochsPath, "12");
        Assert.Throws<InvalidInputException>(() => _folder.OpenLogs([], lengths: new LogLengths(6, 3, 0, 0)));
        Assert.Equal(("123456", "12"), (File.ReadAllText(_folder.StepsPath), File.ReadAllText(_folder.EpochsPath)));
    }

    [Fact]
    public void Append_AFileThatAnotherHolds_GoesOnAndSaysWhy()
    {
        using var logs = _folder.OpenLogs([]);
        logs.Sync();
        Assert.Null(logs.Trouble);
        using (new FileStream(_folder.EventsPath, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            logs.Append(Event(1));
            logs.Append(Samples.Step(1));
            Assert.NotNull(logs.Trouble);
            Assert.Throws<IOException>(() => logs.Sync());
        }

        logs.Append(Event(2));
        Assert.Null(logs.Trouble);
        var lengths = logs.Sync();
        Assert.Equal(2, Texts()["events.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(lengths.Events, new FileInfo(_folder.EventsPath).Length);
    }

    [Fact]
    public void Dispose_LinesThatCannotBeWritten_SaysSoAndClosesAll()
    {
        var logs = _folder.OpenLogs([]);
        using (new FileStream(_folder.EventsPath, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            logs.Append(Event(1));
            logs.Append(Samples.Step(1));
            var exception = Assert.Throws<IOException>(logs.Dispose);
            Assert.StartsWith($"{_folder.EventsPath}: the last ", exception.Message, StringComparison.Ordinal);
        }

        Assert.Single(File.ReadAllLines(_folder.StepsPath));
        logs.Dispose();
    }

    private static void Write(RunLogs logs, long step)
    {
        logs.Append(Samples.Step(step));
        logs.Append(Event(step));
        logs.Append(new NoiseRecord(step, step * 128, 128, 0.25, 32.5));
        logs.Append(Epoch(step));
    }

    private static EventRecord Event(long step) => new(step, step * 128, EventKind.Rollback, 0.1, 3, 0.5);

    private static EpochRecord Epoch(long step) => new(step, step, step * 128, 1, 1, 0.5, 0.1, 2)
    {
        Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["f1"] = 0.5 },
    };

    private string[] Names() => [.. Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private Dictionary<string, string> Texts() =>
        Directory.GetFiles(_folder.Path).ToDictionary(file => Path.GetFileName(file), Read, StringComparer.Ordinal);

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
