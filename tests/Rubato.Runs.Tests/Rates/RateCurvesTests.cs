using Rubato.Runs.Logs;
using Rubato.Runs.Rates;

namespace Rubato.Runs.Tests.Rates;

public sealed class RateCurvesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Of_OneWithoutEffectiveRates_StaysAmongTheOthers() => Assert.Equal(
        ["a", "b"], RateCurves.Of([RateCurve.Of(SampleRuns.Plain(3), "a"), RateCurve.Of(SampleRuns.Halving(3), "b")]).Runs.Select(run => run.Name));

    [Fact]
    public void Of_NoEffectiveRates_OneSentence()
    {
        var (one, other) = (RateCurve.Of(SampleRuns.Plain(3), "a"), RateCurve.Of(SampleRuns.Plain(3), "b"));
        Assert.Equal($"'a' has no effective rate; {RateCurves.Condition}.", Assert.Throws<InvalidInputException>(() => RateCurves.Of([one])).Message);
        Assert.Equal($"'a' and 'b' have no effective rate; {RateCurves.Condition}.", Assert.Throws<InvalidInputException>(() => RateCurves.Of([one, other])).Message);
    }

    [Fact]
    public void Of_NoRun_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>("runs", () => RateCurves.Of([]));

    [Fact]
    public void Read_FoldersOfTheSameName_ThePathsAsNames()
    {
        string[] paths = [Written("x/run"), Written("y/run")];
        Assert.Equal(paths, RateCurves.Read(paths).Runs.Select(run => run.Name));
        Assert.Equal(["run", "other"], RateCurves.Read([paths[0], Written("y/other")]).Runs.Select(run => run.Name));
    }

    [Fact]
    public void Read_SeveralThatAreNotThere_ASentenceEach()
    {
        var error = Assert.Throws<InvalidInputException>(() => RateCurves.Read([_temporary["a"], Written("run"), _temporary["b"]]));
        Assert.Equal(
            [
                $"there is no '{_temporary["a"]}'; name a run folder, such as runs/NAME, or its steps.jsonl.",
                $"there is no '{_temporary["b"]}'; name a run folder, such as runs/NAME, or its steps.jsonl.",
            ],
            error.Message.Split('\n'));
    }

    private string Written(string name)
    {
        var folder = Directory.CreateDirectory(_temporary[name]).FullName;
        using var log = new StepLog(File.Create(Path.Combine(folder, "steps.jsonl")));
        foreach (var record in SampleRuns.Halving(3))
        {
            log.Append(record);
        }

        return folder;
    }
}
